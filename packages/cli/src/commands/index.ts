import type { Command } from '../command.ts';
import { clusterDescribe, clusterGet, clusterTest } from './cluster.ts';
import { clusterAdd } from './cluster-add.ts';
import { migrate } from './migrate.ts';
import { operatorRun } from './operator-run.ts';
import { planDescribe, planGet, planValidate } from './plan.ts';
import { planCreate } from './plan-create.ts';
import { repoDescribe, repoGet, repoTest } from './repo.ts';
import { repoAdd } from './repo-add.ts';
import { runCutover, runDescribe, runGet, runRollback, runStage } from './run.ts';
import { runAttach } from './run-attach.ts';
import { runCancel } from './run-cancel.ts';
import { runExplain } from './run-explain.ts';
import { runLogs } from './run-logs.ts';
import { version } from './version.ts';

/** All commands, in the order in which the help shows them. */
export const commands: readonly Command[] = [
  migrate,
  clusterGet,
  clusterDescribe,
  clusterAdd,
  clusterTest,
  repoGet,
  repoDescribe,
  repoAdd,
  repoTest,
  planGet,
  planDescribe,
  planCreate,
  planValidate,
  runGet,
  runDescribe,
  runStage,
  runCutover,
  runRollback,
  runCancel,
  runAttach,
  runLogs,
  runExplain,
  operatorRun,
  version,
];
