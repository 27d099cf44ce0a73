import { type DirectVolumeMigration, Namespace, Pod } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { TRANSFER_APP } from './names.ts';
import type { Scope } from './scope.ts';
import type { Start } from './transfer/attempts.ts';
import { type ClientOrder, clientPod } from './transfer/client-pod.ts';
import { tunnelKey } from './transfer/configuration.ts';
import type { PodSettings } from './transfer/pod-parts.ts';
import { resourcesOf } from './transfer/resources.ts';
import { mounts, runAs } from './transfer/run-as.ts';
import { type VolumePair, volumePairs } from './volume-pair.ts';

/** What building client pods depends on, by source namespace. */
export type ClientFacts = {
  settings: ReadonlyMap<string, PodSettings>;
  /** Application pods by source namespace. */
  applications: ReadonlyMap<string, readonly Pod[]>;
  options: Scope['options'];
  proxied: boolean;
};

const isApplication = ({ metadata, status }: Pod): boolean => metadata.labels?.['app'] !== TRANSFER_APP && status?.phase === 'Running';

/** Reads what the client pods of these volumes depend on. */
export const readClientFacts = async (scope: Scope, pairs: readonly VolumePair[]): Promise<ClientFacts> => {
  const { client, find, image } = scope.source;
  const namespaces = [...new Set(pairs.map(({ source }) => source.namespace))];
  const read = await Promise.all(
    namespaces.map(async (name) => {
      const [namespace, pods] = await Promise.all([find(Namespace, { name }), client.list(Pod, { namespace: name })]);
      const applications = pods.items.filter(isApplication);
      const users = applications.filter((pod) => pairs.some(({ source }) => source.namespace === name && mounts(pod, source.name)));
      const as = runAs({
        namespace,
        migration: scope.owner,
        applications: users,
        supplementalGroups: scope.settings['SOURCE_SUPPLEMENTAL_GROUPS'],
      });
      return { name, applications, settings: { image, runAs: as, resources: resourcesOf(scope.settings, 'CLIENT_POD') } };
    }),
  );
  return {
    settings: new Map(read.map(({ name, settings }) => [name, settings])),
    applications: new Map(read.map(({ name, applications }) => [name, applications])),
    options: scope.options,
    proxied: Boolean(scope.proxy?.password),
  };
};

/**
 * Whether a copy reads the contents also where size and time agree. A cutover does not: its comparison finds such files,
 * and the applications should not stand still twice for the reading.
 */
const checksums = (dvm: DirectVolumeMigration, pair: VolumePair): boolean => pair.verify && dvm.spec.migrationType !== 'CutOver';

/** Creates the next client of a volume, and removes the one before it. */
export const clientEffects = (
  dvm: DirectVolumeMigration,
  { pair, attempt, replaces }: Start,
  work: ClientOrder['work'],
  facts: ClientFacts,
): Effect[] => {
  const settings = facts.settings.get(pair.source.namespace);
  if (settings === undefined) return [];
  const mounting = facts.applications.get(pair.source.namespace)?.find((pod) => mounts(pod, pair.source.name));
  const order: ClientOrder = {
    pair,
    attempt,
    work,
    options: facts.options,
    checksum: checksums(dvm, pair),
    node: mounting?.spec?.nodeName,
    tunnelKey: tunnelKey(volumePairs(dvm), pair),
    proxied: facts.proxied,
  };
  const { namespace, name, uid } = replaces?.metadata ?? {};
  return [
    { do: 'create', on: 'source', resource: Pod, object: clientPod(dvm, order, settings) },
    ...(name === undefined
      ? []
      : [{ do: 'delete', on: 'source', resource: Pod, name: { namespace, name }, ...(uid === undefined ? {} : { uid }) } as const]),
  ];
};
