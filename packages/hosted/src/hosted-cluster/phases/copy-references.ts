import { ConfigMap, Secret } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';
import { referencedBy } from '../annotations.ts';
import { type Reference, referencesOf, type Use } from '../copies/references.ts';
import { MANAGEMENT } from '../management.ts';
import type { Phase, Scope } from './phase.ts';

/** An object that a HostedCluster refers to and that is missing, or lacks a key. The message says what to create. */
export class MissingReference extends Error {
  override readonly name = 'MissingReference';
}

type Source = KubeObject & { data?: Record<string, string>; binaryData?: Record<string, string>; type?: string };

/** Reads what a reference names; throws a `MissingReference` when it cannot be used. */
export const sourceOf = async ({ world, namespace }: Pick<Scope, 'world' | 'namespace'>, reference: Reference): Promise<Source> => {
  const { kind, name, keys, path } = reference;
  const at = { namespace, name };
  const found: Source | undefined = await (kind === 'Secret' ? world.management.get(Secret, at) : world.management.get(ConfigMap, at));
  const missing = keys.filter((key) => found?.data?.[key] === undefined);
  if (found === undefined)
    throw new MissingReference(
      `${kind} ${namespace}/${name} of ${path} is missing: create it${keys.length > 0 ? ` with ${keys.join(', ')}` : ''}`,
    );
  if (missing.length > 0) throw new MissingReference(`${kind} ${namespace}/${name} of ${path} lacks ${missing.join(', ')}: add it`);
  return found;
};

const copyOf = ({ home, name: cluster }: Scope, { kind, copy, path }: Reference, { data, binaryData, type }: Source): Effect => ({
  do: 'apply',
  on: MANAGEMENT,
  resource: kind === 'Secret' ? Secret : ConfigMap,
  object: {
    metadata: {
      namespace: home,
      name: copy,
      ...(path.startsWith('spec.configuration') ? { annotations: { [referencedBy(cluster)]: 'true' } } : {}),
    },
    ...(type === undefined ? {} : { type }),
    ...(data === undefined ? {} : { data }),
    ...(binaryData === undefined ? {} : { binaryData }),
  },
});

/** Copies what one use of references names into the namespace of the control plane. */
export const copying = ({ name, rank, use }: { name: string; rank: Phase['rank']; use: Use }): Phase => ({
  name,
  rank,
  effects: async (scope) =>
    Promise.all(referencesOf(scope.cluster.spec)[use].map(async (reference) => copyOf(scope, reference, await sourceOf(scope, reference)))),
});
