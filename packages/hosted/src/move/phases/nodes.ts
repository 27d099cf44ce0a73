import { Cluster, Lease, Machine, MachineDeployment, Node, NodePool } from '@godwit/api';
import { advance, type Effect, noting, timeOf, wait } from '@godwit/controller';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, NodesMissing, Working } from '../reasons.ts';
import { hostedAtTarget, type Move } from '../scope.ts';
import { holding } from './dns.ts';

type MovedNode = NonNullable<NonNullable<Move['status']>['nodes']>[number];

const isReady = ({ status }: Node): boolean =>
  (status?.conditions ?? []).some(({ type, status: holds }) => type === 'Ready' && holds === 'True');

/** When a kubelet last said that it lives; its lease is renewed every few seconds. */
const heartbeats = (leases: readonly Lease[]): Map<string, number> =>
  new Map(
    leases.map(({ metadata, spec }) => [metadata.name ?? '', Date.parse((spec as { renewTime?: string } | undefined)?.renewTime ?? '')]),
  );

/** Why a node is not back yet; undefined: it is. The same object, ready, with a sign of life since the names lead here. */
const whyMissing = (node: MovedNode, found: Node | undefined, heartbeat: number | undefined, since: number): string | undefined => {
  if (found === undefined) return 'it is gone';
  if (found.metadata.uid !== node.uid) return 'another node has its name';
  if (!isReady(found)) return 'it is not ready';
  return heartbeat !== undefined && heartbeat >= since ? undefined : 'no sign of life since the switch';
};

/** Row 13: every node that was there is there again, the same and alive. */
export const nodesBack = movePhase({
  name: 'NodesBack',
  step: 'Return',
  description: 'Waiting for the nodes to find their control plane again',
  observe: async (scope, { status }) => {
    const hosted = await hostedAtTarget(scope);
    const [nodes, leases] = hosted
      ? await Promise.all([hosted.list(Node), hosted.list(Lease, { namespace: 'kube-node-lease' })])
      : [{ items: [] }, { items: [] }];
    const signs = heartbeats(leases.items);
    const since = Date.parse(status?.downtime?.ended ?? '');
    const missing = (status?.nodes ?? []).flatMap((node) => {
      const why = whyMissing(
        node,
        nodes.items.find(({ metadata }) => metadata.name === node.name),
        signs.get(node.name),
        since,
      );
      return why === undefined ? [] : [`${node.name}: ${why}`];
    });
    return { missing, total: status?.nodes?.length ?? 0, reached: hosted !== undefined, now: scope.world.clock.now() };
  },
  decide: ({ missing, total, reached, now }, { status }) => {
    if (!reached || missing.length > 0) return wait(NodesMissing({ nodes: missing.join('; ') || 'the API does not answer' }), [], '1s');
    const result = `all ${total} nodes are back, the same and ready`;
    const nodes = (status?.nodes ?? []).map((node) => ({ ...node, returned: node.returned ?? timeOf(now) }));
    const verdict = proving(13, [{ name: 'nodes', result }], now, advance(Done({ what: result })));
    return noting({ ...verdict.notes, nodes }, verdict);
  },
});

const identities = (machines: readonly Machine[]): string =>
  machines
    .map(({ spec }) => spec.providerID ?? '')
    .toSorted()
    .join(' ');

const unpause = (pools: readonly NodePool[], before: Record<string, string | null>): Effect[] =>
  pools
    .filter(({ metadata, spec }) => (spec.pausedUntil ?? null) !== (before[metadata.name ?? ''] ?? null))
    .map(({ metadata: { namespace, name = '' } }) => ({
      do: 'patch',
      on: 'target',
      resource: NodePool,
      name: { namespace, name },
      patch: { spec: { pausedUntil: before[name] ?? null } },
    }));

/** Row 14: machines first, pools last, so that no pool builds what is only not adopted yet. */
export const unfreeze = movePhase({
  name: 'Unfreeze',
  step: 'Return',
  description: 'Letting the machines and the pools work again on the destination',
  when: (_scope, { spec }) => spec.mode === 'WithNodes',
  observe: async (scope, move) => {
    const pools = (await scope.target.list(NodePool, { namespace: scope.at.target.namespace })).items.filter(
      ({ spec }) => spec.clusterName === scope.at.target.name,
    );
    const { home } = scope.at.target;
    const [machines, deployments, clusters] = await Promise.all([
      listServed(scope.target, Machine, home),
      listServed(scope.target, MachineDeployment, home),
      listServed(scope.target, Cluster, home),
    ]);
    const before = (move.status?.source?.pools ?? {}) as Record<string, string | null>;
    return {
      machines,
      deployments,
      clusters,
      pools,
      release: holding(scope, 'target'),
      letGo: unpause(pools, before),
      now: scope.world.clock.now(),
    };
  },
  decide: ({ machines, deployments, clusters, pools, release, letGo, now }, { status }) => {
    const known = (status?.nodes ?? [])
      .flatMap(({ providerID }) => providerID ?? [])
      .toSorted()
      .join(' ');
    if (clusters.some(({ spec }) => spec.paused === true))
      return wait(Working({ what: 'Waiting for Cluster API to take the machines' }), release, '1s');
    const strange = machines.filter(({ status: is }) => is?.nodeRef === undefined).map(({ metadata }) => metadata.name);
    if (strange.length > 0) return wait(Working({ what: `Waiting for machines to be adopted: ${strange.join(', ')}` }), release, '2s');
    if (known !== '' && identities(machines) !== known)
      return wait(Working({ what: 'The machines are not those that were moved' }), release, '5s');
    if (letGo.length > 0) return wait(Working({ what: 'Waiting for the pools to work again' }), [...release, ...letGo], '1s');
    const unsettled = deployments.filter(({ spec, status: is }) => (is?.upToDateReplicas ?? 0) !== (spec.replicas ?? 0));
    if (unsettled.length > 0)
      return wait(Working({ what: `Waiting for ${unsettled.map(({ metadata }) => metadata.name).join(', ')} to settle` }), [], '2s');
    const result = `${machines.length} machines adopted, ${pools.length} pools work, none was built anew`;
    return proving(14, [{ name: 'machines', result }], now, advance(Done({ what: result }), release));
  },
});
