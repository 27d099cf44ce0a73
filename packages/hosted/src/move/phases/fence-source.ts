import { annotations, HostedCluster, HostedControlPlane, LocalMachine, Pod, StatefulSet } from '@godwit/api';
import { advance, type Effect, fail, noting, timeOf, wait } from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';
import { writtenSince } from '../../etcd/index.ts';
import { components } from '../../names.ts';
import { type FenceRecord, fenceKey, keepFence, raiseFence, youngestFence } from '../fence/fence.ts';
import { bar, isBarred, SERVING } from '../fence/fence-workloads.ts';
import { identityOf } from '../fence/identity.ts';
import { otherMoveOn } from '../fence/other-move.ts';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, FenceLost, SourceDeleting, Working, WrittenSince } from '../reasons.ts';
import { clusterAt, planeAt, poolsAt, type Scope } from '../scope.ts';
import { ending, mayRun } from './end-pods.ts';
import { wholeOf } from './still-there.ts';
import { etcdAt } from './writers.ts';

/** The fence of this move as it is to stand. */
const standing = async (scope: Scope, infraID: string) => {
  const { move, store, world } = scope;
  const [youngest, forbids, favours] = await Promise.all([
    youngestFence(store, infraID),
    identityOf(scope, 'source'),
    identityOf(scope, 'target'),
  ]);
  const uid = move.metadata.uid ?? '';
  const epoch = move.status?.epoch ?? (youngest?.epoch ?? 0) + 1;
  return {
    epoch,
    wanted: { hostedCluster: move.spec.hostedCluster, infraID, epoch, move: uid, forbids, favours, raised: timeOf(world.clock.now()) },
  };
};

/** Raises the fence in the bucket, then on the source, where moves with other buckets meet. Resolves to the fence that stands. */
const raise = async ({ store, source, world }: Scope, wanted: FenceRecord): Promise<FenceRecord> => {
  const raised = await raiseFence(store, wanted);
  return raised.move === wanted.move ? keepFence(source, world.settings.namespace, raised) : raised;
};

const isMarked = (object: KubeObject | undefined, fence: string): boolean => object?.metadata.annotations?.[annotations.fence] === fence;

const marking = (scope: Scope, fence: string, machines: readonly LocalMachine[]): Effect[] => {
  const patch = { metadata: { annotations: { [annotations.fence]: fence } } };
  const { namespace, name, home } = scope.at.source;
  return [
    { do: 'patch', on: 'source', resource: HostedCluster, name: { namespace, name }, patch },
    { do: 'patch', on: 'source', resource: HostedControlPlane, name: { namespace: home, name }, patch },
    ...machines.map(
      ({ metadata }): Effect => ({
        do: 'patch',
        on: 'source',
        resource: LocalMachine,
        name: { namespace: metadata.namespace, name: metadata.name ?? '' },
        patch,
      }),
    ),
  ];
};

/** Row 8: the source cannot serve any more, whoever starts it; the fence lies outside of both clusters, and on the source. */
export const fenceSource = movePhase({
  name: 'FenceSource',
  step: 'Switch',
  description: 'Fencing the source, so that never two control planes serve',
  observe: async (scope, move) => {
    const [found, plane, pools] = await Promise.all([clusterAt(scope, 'source'), planeAt(scope, 'source'), poolsAt(scope)]);
    const whole = wholeOf({ cluster: found, pools }, move);
    if ('lost' in whole) return whole;
    const { cluster } = whole;
    const infraID = cluster.spec.infraID ?? '';
    // A later epoch would be free, and two moves would each take the cluster along.
    const [{ epoch, wanted }, rival] = await Promise.all([standing(scope, infraID), otherMoveOn(scope, cluster)]);
    const fence = fenceKey(infraID, epoch);
    const noted = scope.move.status?.epoch === epoch;
    const raised = noted && rival === undefined ? await raise(scope, wanted) : undefined;
    const workloads = await Promise.all(
      SERVING.map(async ({ resource, name }) => ({
        resource,
        found: await scope.source.get<KubeObject>(resource, { namespace: scope.at.source.home, name }),
      })),
    );
    const pods = (await scope.source.list(Pod, { namespace: scope.at.source.home })).items.filter(
      (pod) => pod.metadata.labels?.app === components.etcd && mayRun(pod),
    );
    const etcdServes = workloads.some(
      ({ resource, found }) => resource.kind === StatefulSet.kind && found !== undefined && !isBarred(found),
    );
    const { snapshot } = scope.move.status ?? {};
    const saved = { revision: Number(snapshot?.revision ?? 0), keys: snapshot?.keys };
    const written = etcdServes && raised !== undefined ? await writtenSince(await etcdAt(scope, 'source'), saved) : undefined;
    const machines = await listServed(scope.source, LocalMachine, scope.at.source.home);
    return {
      fence,
      epoch,
      raised,
      rival,
      wanted,
      noted,
      marks: marking(scope, fence, machines),
      workloads,
      pods,
      written,
      marked: isMarked(cluster, fence) && (plane === undefined || isMarked(plane, fence)),
      now: scope.world.clock.now(),
    };
  },
  decide: (facts) => {
    if ('lost' in facts) return fail(SourceDeleting({ what: facts.lost }));
    const { fence, epoch, raised, rival, wanted, noted, marks, workloads, pods, written, marked, now } = facts;
    if (rival !== undefined) return fail(FenceLost({ fence, by: rival }));
    if (!noted) return noting({ epoch, fence }, wait(Working({ what: `Raising the fence ${fence}` }), [], '1s'));
    if (raised?.move !== wanted.move) return fail(FenceLost({ fence, by: raised?.move ?? 'unknown' }));
    const open = workloads.flatMap(({ resource, found }) => (found === undefined || isBarred(found) ? [] : [bar(resource, found, fence)]));
    if (written?.ok === false) return wait(written.said, [], '1s');
    if (written?.value !== undefined) return fail(WrittenSince({ what: written.value }));
    if (open.length > 0 || pods.length > 0 || !marked)
      return wait(Working({ what: 'Waiting for etcd of the source to end' }), [...marks, ...open, ...ending(pods)], '1s');
    const result = `epoch ${epoch}: etcd and API server of the source are ended and barred, nothing was written after the snapshot`;
    return proving(8, [{ name: 'fence', result, inputs: { fence } }], now, advance(Done({ what: result })));
  },
});
