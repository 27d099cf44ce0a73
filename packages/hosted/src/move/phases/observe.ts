import { durationSeconds, Lease, Machine, Namespace, Node, Pod, Secret } from '@godwit/api';
import { advance, type Delay, isTrue, noting, wait } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { hostedAtTarget, type Move, type Scope } from '../scope.ts';
import { type Missing, missingOf, missingWords, withReturns } from './missing-nodes.ts';

const PROBE = 'godwit-move-probe';
const LOOK_SECONDS = 5;
const DEFAULT_SOAK = '15m';

const writes = async (hosted: Client): Promise<void> => {
  await hosted.apply(Namespace, { metadata: { name: PROBE } }, { fieldManager: 'godwit-move' });
  await hosted.delete(Namespace, { name: PROBE });
};

/** How many pods are asked for their log: one that cannot tell is its own fault, several are that of the way to them. */
const MOST_ASKED = 3;

/** Running pods that stay, on nodes that are ready; one of each node, since a node that has just died answers for none of its pods. */
export const readable = (pods: readonly Pod[], nodes: readonly Node[]): Pod[] => {
  const ready = new Set(nodes.filter(({ status }) => isTrue(status?.conditions, 'Ready')).map(({ metadata }) => metadata.name));
  const byNode = new Map(
    pods
      .filter(({ metadata, status }) => status?.phase === 'Running' && metadata.deletionTimestamp === undefined)
      .map((pod) => [pod.spec?.nodeName, pod]),
  );
  return [...byNode].flatMap(([node, pod]) => (node !== undefined && ready.has(node) ? [pod] : []));
};

const readsLog = async (hosted: Client, { metadata: { namespace, name = '' }, spec }: Pod): Promise<void> => {
  const container = spec?.containers[0]?.name;
  await hosted.request(
    'GET',
    `/api/v1/namespaces/${namespace}/pods/${name}/log?tailLines=1${container === undefined ? '' : `&container=${container}`}`,
    {},
  );
};

/** Reads the log of a pod on a worker: the way leads through konnectivity. Throws when none of several pods can be read. */
export const readsLogs = async (hosted: Client, nodes: readonly Node[]): Promise<boolean> => {
  const { items } = await hosted.list(Pod, { namespace: 'kube-system' });
  const asked = readable(items, nodes).slice(0, MOST_ASKED);
  let fault: unknown;
  for (const pod of asked) {
    try {
      await readsLog(hosted, pod);
      return true;
    } catch (error) {
      fault = error;
    }
  }
  if (fault !== undefined) throw fault;
  return false;
};

const NOBODY: Missing = new Map();

type Seen = { fault?: string; seen: string; missing: Missing };

const look = async (scope: Scope, move: Move): Promise<Seen> => {
  const hosted = await hostedAtTarget(scope);
  if (hosted === undefined) return { fault: 'the API has no address', seen: '', missing: NOBODY };
  try {
    await hosted.request('GET', '/readyz', {});
    await writes(hosted);
    const [{ items: secrets }, { items: nodes }, { items: leases }] = await Promise.all([
      hosted.list(Secret),
      hosted.list(Node),
      hosted.list(Lease, { namespace: 'kube-node-lease' }),
    ]);
    const logs = await readsLogs(hosted, nodes);
    const machines = await listServed(scope.target, Machine, scope.at.target.home);
    return {
      seen: `${nodes.length} nodes, ${machines.length} machines, ${secrets.length} Secrets, writes work, logs ${logs ? 'are read through konnectivity' : 'were not asked for: no pod runs in kube-system on a node that is ready'}`,
      missing: missingOf(move, nodes, leases),
    };
  } catch (error) {
    return { fault: (error as Error).message, seen: '', missing: NOBODY };
  }
};

/** Seconds without a fault, as far as this process has looked. */
export const quietSeconds = (known: Map<string, unknown>, key: string, { fault, now }: { fault?: string; now: Date }): number => {
  if (fault !== undefined) known.delete(key);
  else if (!known.has(key)) known.set(key, now);
  return (now.getTime() - ((known.get(key) as Date | undefined) ?? now).getTime()) / 1000;
};

/** Nodes that have not come back since the switch, as a part of a sentence; what left after it came back is its pool's business. */
const neverBack = ({ status }: Move, missing: Missing): string => {
  const never = (status?.nodes ?? []).filter(({ returned }) => returned === undefined).map(({ name }) => name);
  const left = new Map([...missing].filter(([name]) => never.includes(name)));
  return left.size === 0 ? '' : `; not back since the switch: ${missingWords(left)}`;
};

/** Row 15: the moved cluster is used and watched for a while; a fault begins the time anew, and so does another process. */
export const observeCluster = movePhase({
  name: 'Observe',
  step: 'Prove',
  description: 'Watching the moved cluster at work',
  observe: async (scope, move) => {
    const now = scope.world.clock.now();
    const soak = durationSeconds(move.spec.soak ?? DEFAULT_SOAK) ?? 0;
    const seen = await look(scope, move);
    return { ...seen, soak, quiet: quietSeconds(scope.results, `${move.metadata.uid}/Observe`, { ...seen, now }), now };
  },
  decide: ({ fault, seen, missing, soak, quiet, now }, move) => {
    if (fault !== undefined) return wait(Working({ what: `Something is wrong: ${fault}` }), [], `${LOOK_SECONDS}s`);
    const left = Math.ceil(soak - quiet);
    // In steps of a look: a sentence that changed with every second would be a change that wakes the next look at once.
    const told = Math.floor(quiet / LOOK_SECONDS) * LOOK_SECONDS;
    const after: Delay = `${Math.max(1, Math.min(left, LOOK_SECONDS))}s`;
    if (left > 0)
      return wait(
        {
          ...Working({ what: `All is well for ${told} of ${soak} s: ${seen}` }),
          progress: { itemsDone: told, itemsTotal: soak },
        },
        [],
        after,
      );
    const never = neverBack(move, missing);
    const evidence = { name: 'observed', result: `${soak} s: ${seen}${never}`, inputs: { soak: `${soak}s` } };
    const verdict = proving(15, [evidence], now, advance(Done({ what: `All was well for ${soak} s${never}` })));
    return noting({ ...verdict.notes, nodes: withReturns(move, missing, now) }, verdict);
  },
});
