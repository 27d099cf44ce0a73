import { ConfigMap, type HostedCluster, NodePool, Secret } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { referencesOf } from '../bundle/collect.ts';
import { holdsTheSame } from '../bundle/restore.ts';
import { MOVED_BY } from '../names.ts';
import type { Scope } from '../scope.ts';

type Sides = Pick<Scope, 'source' | 'target' | 'at'>;

/** What the cluster and its pools refer to: what of it is not on the source, and what is on the destination with other content. */
export const judgeReferences = async (
  { source, target, at }: Sides,
  cluster: HostedCluster,
  pools: readonly NodePool[],
): Promise<{ missing: string[]; differing: string[] }> => {
  const unique = new Map(referencesOf(cluster, pools).map((each) => [`${each.kind} ${each.name}`, each]));
  const found = await Promise.all(
    [...unique.values()].map(async ({ kind, name, path }) => {
      const resource = kind === 'Secret' ? Secret : ConfigMap;
      const [here, there] = await Promise.all([
        source.get<KubeObject>(resource, { namespace: at.source.namespace, name }),
        target.get<KubeObject>(resource, { namespace: at.target.namespace, name }),
      ]);
      const differs = here !== undefined && there !== undefined && !holdsTheSame(there, { ...here, kind });
      return {
        missing: here === undefined ? [`${kind} ${at.source.namespace}/${name} (${path})`] : [],
        differing: differs ? [`${kind} ${at.target.namespace}/${name}`] : [],
      };
    }),
  );
  return { missing: found.flatMap(({ missing }) => missing), differing: found.flatMap(({ differing }) => differing) };
};

/** Pools of the destination that have the name of one that is to come; another move's are among them, this move's are not. */
export const poolsInTheWay = async (
  { target, at, move }: Pick<Scope, 'target' | 'at' | 'move'>,
  pools: readonly NodePool[],
): Promise<string[]> => {
  const coming = new Set(pools.map(({ metadata }) => metadata.name));
  const { items } = await target.list(NodePool, { namespace: at.target.namespace });
  return items
    .filter(({ metadata }) => coming.has(metadata.name) && metadata.annotations?.[MOVED_BY] !== move.metadata.uid)
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
};
