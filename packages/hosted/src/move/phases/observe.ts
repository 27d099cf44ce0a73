import { durationSeconds, Machine, Namespace, Node, Pod, Secret } from '@godwit/api';
import { advance, type Delay, wait } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { listServed } from '../list-served.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import { hostedAtTarget, type Scope } from '../scope.ts';

const PROBE = 'godwit-move-probe';
const LOOK_SECONDS = 5;
const DEFAULT_SOAK = '15m';

const writes = async (hosted: Client): Promise<void> => {
  await hosted.apply(Namespace, { metadata: { name: PROBE } }, { fieldManager: 'godwit-move' });
  await hosted.delete(Namespace, { name: PROBE });
};

/** Reads the log of a pod on a worker: the way leads through konnectivity. */
const readsLogs = async (hosted: Client): Promise<boolean> => {
  const { items } = await hosted.list(Pod, { namespace: 'kube-system' });
  const pod = items.find(({ status, spec }) => status?.phase === 'Running' && spec?.nodeName !== undefined);
  if (pod === undefined) return false;
  const { namespace, name = '' } = pod.metadata;
  const container = pod.spec?.containers[0]?.name;
  await hosted.request(
    'GET',
    `/api/v1/namespaces/${namespace}/pods/${name}/log?tailLines=1${container === undefined ? '' : `&container=${container}`}`,
    {},
  );
  return true;
};

const look = async (scope: Scope): Promise<{ fault?: string; seen: string }> => {
  const hosted = await hostedAtTarget(scope);
  if (hosted === undefined) return { fault: 'the API has no address', seen: '' };
  try {
    await hosted.request('GET', '/readyz', {});
    await writes(hosted);
    const [{ items: secrets }, { items: nodes }, logs] = await Promise.all([hosted.list(Secret), hosted.list(Node), readsLogs(hosted)]);
    const machines = await listServed(scope.target, Machine, scope.at.target.home);
    return {
      seen: `${nodes.length} nodes, ${machines.length} machines, ${secrets.length} Secrets, writes work, logs ${logs ? 'are read through konnectivity' : 'were not asked for: no pod runs in kube-system'}`,
    };
  } catch (error) {
    return { fault: (error as Error).message, seen: '' };
  }
};

/** Seconds without a fault, as far as this process has looked. */
export const quietSeconds = (known: Map<string, unknown>, key: string, { fault, now }: { fault?: string; now: Date }): number => {
  if (fault !== undefined) known.delete(key);
  else if (!known.has(key)) known.set(key, now);
  return (now.getTime() - ((known.get(key) as Date | undefined) ?? now).getTime()) / 1000;
};

/** Row 15: the moved cluster is used and watched for a while; a fault begins the time anew, and so does another process. */
export const observeCluster = movePhase({
  name: 'Observe',
  step: 'Prove',
  description: 'Watching the moved cluster at work',
  observe: async (scope, move) => {
    const now = scope.world.clock.now();
    const soak = durationSeconds(move.spec.soak ?? DEFAULT_SOAK) ?? 0;
    const seen = await look(scope);
    return { ...seen, soak, quiet: quietSeconds(scope.results, `${move.metadata.uid}/Observe`, { ...seen, now }), now };
  },
  decide: ({ fault, seen, soak, quiet, now }) => {
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
    return proving(
      15,
      [{ name: 'observed', result: `${soak} s: ${seen}`, inputs: { soak: `${soak}s` } }],
      now,
      advance(Done({ what: `All was well for ${soak} s` })),
    );
  },
});
