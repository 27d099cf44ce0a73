import type { MigCluster, MigPlan, MigStorage } from '@godwit/api';
import { moveSeconds, stateOfMove } from '../hosted/move/move-facts.ts';
import { type AnyRun, isMove } from '../runs.ts';
import { shortDuration } from './age.ts';
import { readiness } from './condition-facts.ts';
import type { Printing } from './print-objects.ts';
import { elapsedSeconds, kindOfRun, stateOfRun } from './run-facts.ts';

/** How clusters are shown. */
export const clusterPrinting: Printing<MigCluster> = {
  noun: 'cluster',
  columns: [
    { name: 'READY', value: readiness },
    { name: 'HOST', value: ({ spec }) => String(spec.isHostCluster === true) },
    { name: 'URL', value: ({ spec }) => spec.url },
    { name: 'OPERATOR', value: ({ status }) => status?.operatorVersion, wide: true },
  ],
};

/** How repositories are shown. */
export const repoPrinting: Printing<MigStorage> = {
  noun: 'repo',
  columns: [
    { name: 'READY', value: readiness },
    { name: 'PROVIDER', value: ({ spec }) => spec.backupStorageProvider },
    { name: 'LOCATION', value: ({ spec: { backupStorageConfig: config } }) => config.awsBucketName ?? config.gcpBucket ?? config.path },
    { name: 'ENDPOINT', value: ({ spec }) => spec.backupStorageConfig.awsS3Url, wide: true },
  ],
};

/** How plans are shown. */
export const planPrinting: Printing<MigPlan> = {
  noun: 'plan',
  columns: [
    { name: 'READY', value: readiness },
    { name: 'SOURCE', value: ({ spec }) => spec.srcMigClusterRef?.name },
    { name: 'TARGET', value: ({ spec }) => spec.destMigClusterRef?.name },
    { name: 'REPO', value: ({ spec }) => spec.migStorageRef?.name },
    { name: 'NAMESPACES', value: ({ spec }) => (spec.namespaces ?? []).join(','), wide: true },
    { name: 'VOLUMES', value: ({ spec }) => String((spec.persistentVolumes ?? []).length), wide: true },
  ],
};

/** How runs are shown; of a move the hosted cluster stands in the place of the plan. */
export const runPrinting: Printing<AnyRun> = {
  noun: 'run',
  reference: ({ kind, metadata }) => `${kind === 'MigMigration' ? 'run' : 'hcm'}/${metadata.name}`,
  columns: [
    { name: 'PLAN', value: (run) => (isMove(run) ? run.spec.hostedCluster.name : run.spec.migPlanRef?.name) },
    { name: 'TYPE', value: (run) => (isMove(run) ? 'Move' : kindOfRun(run)) },
    { name: 'STATE', value: (run) => (isMove(run) ? stateOfMove(run) : stateOfRun(run)) },
    { name: 'PHASE', value: ({ status }) => status?.phase },
    {
      name: 'TOOK',
      value: (run) => shortDuration(isMove(run) ? moveSeconds(run, new Date()) : elapsedSeconds(run, new Date())),
      wide: true,
    },
  ],
};
