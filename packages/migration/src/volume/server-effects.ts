import { type DirectVolumeMigration, Namespace, Pod } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { TRANSFER_ROLE } from './names.ts';
import type { Scope } from './scope.ts';
import type { PodSettings } from './transfer/pod-parts.ts';
import { resourcesOf } from './transfer/resources.ts';
import { runAs } from './transfer/run-as.ts';
import { serverPod } from './transfer/server-pod.ts';
import { byNamespace, type VolumePair, volumePairs } from './volume-pair.ts';

/** A receiving pod that is to be: its namespace on the target, the volumes that it receives, and how it runs. */
type Server = { namespace: string; pairs: readonly VolumePair[]; settings: PodSettings };

/** Receiving pods that are not there as they should, and those that have failed for good: an evicted pod never starts again. */
export type ServerFacts = { missing: readonly Server[]; dead: readonly Pod[] };

/** The receiving pods of a copy, from the watch. */
export const serversOf = ({ target }: Pick<Scope, 'target'>): Pod[] =>
  target.pods().filter(({ metadata }) => metadata.labels?.[TRANSFER_ROLE] === 'server');

const isDead = ({ status }: Pod): boolean => status?.phase === 'Failed';

const settingsIn = async (scope: Scope, name: string): Promise<PodSettings> => {
  const namespace = await scope.target.find(Namespace, { name });
  const as = runAs({
    namespace,
    migration: scope.owner,
    applications: [],
    supplementalGroups: scope.settings['TARGET_SUPPLEMENTAL_GROUPS'],
  });
  if (!as.root) scope.notes.withoutRoot.add(name);
  return { image: scope.target.image, runAs: as, resources: resourcesOf(scope.settings, 'TRANSFER_POD') };
};

/** Finds the receiving pods that are missing: none was made yet, a node was drained, or somebody has deleted one. */
export const readServerFacts = async (scope: Scope, dvm: DirectVolumeMigration): Promise<ServerFacts> => {
  const servers = serversOf(scope);
  const alive = new Set(servers.filter((pod) => !isDead(pod)).map(({ metadata }) => metadata.namespace));
  const missing = byNamespace(volumePairs(dvm), 'target').filter(([namespace]) => !alive.has(namespace));
  return {
    missing: await Promise.all(
      missing.map(async ([namespace, pairs]) => ({ namespace, pairs, settings: await settingsIn(scope, namespace) })),
    ),
    dead: servers.filter(isDead),
  };
};

/** Makes the receiving pods that are missing; the name of a dead one is free once it is gone, which wakes the next round. */
export const serverEffects = (dvm: DirectVolumeMigration, { missing, dead }: ServerFacts): Effect[] => [
  ...dead.map(
    ({ metadata: { namespace, name = '', uid } }): Effect => ({
      do: 'delete',
      on: 'target',
      resource: Pod,
      name: { namespace, name },
      ...(uid === undefined ? {} : { uid }),
    }),
  ),
  ...missing.map(
    ({ namespace, pairs, settings }): Effect => ({
      do: 'create',
      on: 'target',
      resource: Pod,
      object: serverPod(dvm, namespace, pairs, settings),
    }),
  ),
];
