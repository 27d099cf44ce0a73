import type { Command } from '../command.ts';
import { migrate } from './migrate.ts';
import { operatorRun } from './operator-run.ts';
import { version } from './version.ts';

/** All commands, in the order in which the help shows them. */
export const commands: readonly Command[] = [migrate, operatorRun, version];
