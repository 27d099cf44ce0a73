import type { MigMigration } from '@godwit/api';
import { commandLine, type Place } from '../copyable.ts';
import { stateOfRun } from '../printers/run-facts.ts';

/** Commands to try after a run has ended, or was left. */
export const nextCommands = (run: MigMigration, plan: string, place: Place): string[] => {
  const look = commandLine(place, `run describe ${run.metadata.name}`);
  const back = commandLine(place, `run rollback ${plan} --wait`);
  return ['Succeeded', 'Warnings'].includes(stateOfRun(run))
    ? [`${look}   # look again`, `${back}   # take it back`]
    : [`${look}   # look again`, `${commandLine(place, `run logs ${run.metadata.name}`)}   # what happened`];
};
