import type { MigCluster, MigMigration, MigPlan, MigStorage } from '@godwit/api';
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

/** How runs are shown. */
export const runPrinting: Printing<MigMigration> = {
  noun: 'run',
  columns: [
    { name: 'PLAN', value: ({ spec }) => spec.migPlanRef?.name },
    { name: 'TYPE', value: kindOfRun },
    { name: 'STATE', value: stateOfRun },
    { name: 'PHASE', value: ({ status }) => status?.phase },
    { name: 'TOOK', value: (run) => shortDuration(elapsedSeconds(run, new Date())), wide: true },
  ],
};
