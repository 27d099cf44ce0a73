import { addressesOf } from '../support/hosted/access.ts';
import { otherSide, type Side } from '../support/hosted/hosted-set.ts';
import { API_HOST, HOME } from '../support/hosted/sample.ts';
import { until } from '../support/until.ts';
import type { Stage } from './stage.ts';

type ContainerStatus = { state: { terminated?: { message?: string } }; lastState: { terminated?: { message?: string } } };
type Pod = {
  metadata: { name: string; labels?: Record<string, string> };
  status: { initContainerStatuses?: ContainerStatus[]; conditions?: { type: string; status: string }[] };
};

const OLD = ['etcd', 'kube-apiserver'];

const isReady = ({ status }: Pod): boolean => (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

const saidBy = ({ status }: Pod): string =>
  (status.initContainerStatuses ?? [])
    .map(({ state, lastState }) => state.terminated?.message ?? lastState.terminated?.message ?? '')
    .join('');

/** Line 6: whoever starts the old control plane by hand gets pods that tell why they do not serve, and the name stays where it is. */
export const startOldPlane = async ({ set, score }: Stage, now: Side): Promise<void> => {
  const old = otherSide(now);
  const before = await addressesOf(set, API_HOST);
  await set[old].run(['scale', 'statefulset/etcd', 'deployment/kube-apiserver', '-n', HOME, '--replicas=1']);
  const read = async (): Promise<Pod[]> => {
    const { items } = JSON.parse(await set[old].run(['get', 'pods', '-n', HOME, '-o', 'json'])) as { items: Pod[] };
    return items.filter(({ metadata }) => OLD.includes(metadata.labels?.app ?? ''));
  };
  const barred = await until('the old pods to tell why they do not start', 90, async () => {
    const pods = await read();
    return pods.length === OLD.length && pods.every((pod) => saidBy(pod) !== '') ? pods : undefined;
  }).catch(read);
  score.holds(
    `an old control plane that is started by hand on ${old} does not serve`,
    barred.length === OLD.length && barred.every((pod) => !isReady(pod)),
    barred.map(({ metadata }) => metadata.name).join(', '),
  );
  score.holds(
    'its pods tell why',
    barred.every((pod) => saidBy(pod).startsWith('Fenced: ')),
    saidBy(barred[0] ?? ({ status: {} } as Pod)).trim(),
  );
  const after = await addressesOf(set, API_HOST);
  score.holds(
    'its name in DNS does not come back',
    before.join() === after.join() && after.length === 1,
    `${API_HOST} → ${after.join(', ')}`,
  );
};
