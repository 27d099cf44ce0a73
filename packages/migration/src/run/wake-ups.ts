import {
  Backup,
  BackupStorageLocation,
  DaemonSet,
  Deployment,
  DirectVolumeMigration,
  labels,
  MigMigration,
  MigPlan,
  Pod,
  Restore,
  StatefulSet,
} from '@godwit/api';
import { keyOf, type Latest, type Round, type Source } from '@godwit/controller';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import type { World } from '../world.ts';
import type { Plan, Run, Scope } from './scope.ts';

/** Which runs are under way, and when each was last written to, in milliseconds. */
export type Active = { keys: Set<string>; written: Map<string, number>; runs: Latest<Run>; plans: Latest<Plan> };

/** The run that an object was made for, read from its label; helper objects carry the run's name on every cluster. */
const runOf =
  (namespace: string) =>
  ({ metadata }: KubeObject): string[] => {
    const name = metadata.labels?.[labels.migMigrationName];
    return name === undefined ? [] : [`${namespace}/${name}`];
  };

/** What wakes runs on the host: runs, plans, and the copies of volumes. */
export const hostSources = ({ connections: { host }, settings: { namespace } }: World, active: Active): Source[] => [
  {
    client: host,
    resource: MigMigration as Resource,
    namespace,
    // A run that ends, or goes, may be what another one waits for.
    keys: (run) => (active.runs.isOwn(run) ? [] : [...new Set([keyOf(run), ...active.keys])]),
  },
  { client: host, resource: MigPlan as Resource, namespace, keys: () => [...active.keys] },
  { client: host, resource: DirectVolumeMigration as Resource, namespace, keys: runOf(namespace) },
];

const watchFor = (round: Round, client: Client, resource: Resource, namespace: string, keys: Source['keys']): void =>
  round.watch({ client, resource, namespace, keys });

/** Workloads whose readiness a run may be asked to wait for on the target. */
const AWAITED = [Deployment, StatefulSet, DaemonSet] as readonly Resource[];

/** Starts watching what a run waits for on its two clusters. */
export const watchClusters = ({ world, source, target, namespaces, flags }: Scope, round: Round, active: Active): void => {
  const { namespace } = world.settings;
  const everyone = () => [...active.keys];
  watchFor(round, source, Backup as Resource, namespace, runOf(namespace));
  watchFor(round, target, Backup as Resource, namespace, everyone);
  watchFor(round, target, Restore as Resource, namespace, runOf(namespace));
  for (const client of [source, target]) watchFor(round, client, BackupStorageLocation as Resource, namespace, everyone);
  if (flags.quiesce) for (const pair of namespaces) watchFor(round, source, Pod as Resource, pair.source, everyone);
  if (flags.hasVerify)
    for (const pair of namespaces) for (const resource of AWAITED) watchFor(round, target, resource, pair.target, everyone);
};
