import type { Command } from '../command.ts';
import { clusterDescribe, clusterGet, clusterTest } from './cluster.ts';
import { clusterAdd } from './cluster-add.ts';
import { doctorIbu } from './doctor-ibu.ts';
import { hostedDescribe, hostedEvents, hostedGet, hostedStatus } from './hosted.ts';
import { hostedBackup } from './hosted-backup.ts';
import { hostedCreate } from './hosted-create.ts';
import { hostedEtcdSnapshot } from './hosted-etcd-snapshot.ts';
import { hostedKubeconfig } from './hosted-kubeconfig.ts';
import { hostedMove } from './hosted-move.ts';
import { hostedPause, hostedResume } from './hosted-pause.ts';
import { ibuDescribe, ibuGet, ibuStatus } from './ibu.ts';
import { ibuAbort } from './ibu-abort.ts';
import { ibuFinalize } from './ibu-finalize.ts';
import { ibuPrep } from './ibu-prep.ts';
import { ibuAccept, ibuRetry } from './ibu-retry.ts';
import { ibuSeedInspect } from './ibu-seed-inspect.ts';
import { ibuRollback, ibuUpgrade } from './ibu-upgrade.ts';
import { migrate } from './migrate.ts';
import { nodePoolDescribe, nodePoolGet, nodePoolScale } from './nodepool.ts';
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
import { runPause, runResume } from './run-pause.ts';
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
  runPause,
  runResume,
  runAttach,
  runLogs,
  runExplain,
  hostedGet,
  hostedDescribe,
  hostedCreate,
  hostedStatus,
  hostedKubeconfig,
  hostedEvents,
  hostedPause,
  hostedResume,
  hostedBackup,
  hostedEtcdSnapshot,
  hostedMove,
  nodePoolGet,
  nodePoolDescribe,
  nodePoolScale,
  ibuGet,
  ibuDescribe,
  ibuStatus,
  ibuPrep,
  ibuUpgrade,
  ibuRollback,
  ibuAbort,
  ibuFinalize,
  ibuRetry,
  ibuAccept,
  ibuSeedInspect,
  doctorIbu,
  operatorRun,
  version,
];
