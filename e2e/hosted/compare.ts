import { openHosted } from '../support/hosted/access.ts';
import { changesBetween } from '../support/hosted/fingerprint.ts';
import type { Side } from '../support/hosted/hosted-set.ts';
import { MARKER, markerImage, markerPod, wrongSecrets } from '../support/hosted/marker.ts';
import { HOME } from '../support/hosted/sample.ts';
import { apply } from '../support/manifests.ts';
import { type Picture, takePicture } from './picture.ts';
import { FOLDER, type Stage } from './stage.ts';

const textOf = (entries: ReadonlyMap<string, string>): string =>
  [...entries]
    .map((entry) => entry.join(' '))
    .sort()
    .join(', ');

const sameIdentity = ({ score }: Stage, before: Picture, after: Picture): void => {
  score.holds('the nodes are the same, by uid', textOf(before.nodes) === textOf(after.nodes), [...after.nodes.keys()].join(', '));
  const pods = (picture: Picture): string => JSON.stringify(picture.pods.map(({ uid, started, restarts }) => ({ uid, started, restarts })));
  score.holds(
    'the pods of the workload never restarted',
    pods(before) === pods(after),
    after.pods.map(({ started }) => started).join(', '),
  );
  score.holds('kube-system has the same uid', before.kubeSystem === after.kubeSystem, after.kubeSystem);
};

const sameObjects = async ({ score }: Stage, before: Picture, after: Picture): Promise<void> => {
  const changes = changesBetween(before.objects, after.objects);
  const seen = changes.length === 0 ? `${after.objects.size} objects` : changes.slice(0, 8).join('; ');
  score.holds('every object is equal but for resourceVersion and managedFields', changes.length === 0, seen);
  const wrong = await wrongSecrets(after.access.kubectl);
  score.holds('all 50 Secrets can be read', wrong.length === 0, wrong.join(', '));
};

const ETCDCTL =
  'etcdctl --cacert /etc/etcd/tls/etcd-ca/ca.crt --cert /etc/etcd/tls/client/etcd-client.crt --key /etc/etcd/tls/client/etcd-client.key';

type EndpointStatus = { Status: { header: { cluster_id: number } } };

const oneEtcd = async ({ set, score, highlyAvailable }: Stage, side: Side): Promise<void> => {
  const command = `${ETCDCTL} --endpoints https://localhost:2379 endpoint status --cluster -w json`;
  const text = await set[side].run(['exec', 'etcd-0', '-n', HOME, '-c', 'etcd', '--', 'sh', '-c', command]);
  // Ids have more digits than a number of JavaScript holds.
  const ids = [...text.matchAll(/"cluster_id":(\d+)/g)].map(([, id]) => id);
  const members = (JSON.parse(text) as EndpointStatus[]).length;
  const wanted = highlyAvailable ? 3 : 1;
  score.holds(
    `etcd is one cluster of ${wanted}`,
    members === wanted && new Set(ids).size === 1,
    `${members} members of ${[...new Set(ids)].join(', ')}`,
  );
};

const stillWorks = async ({ score }: Stage, side: Side, { access: { kubectl }, pods }: Picture): Promise<void> => {
  const name = `after-${side}`;
  const image = await markerImage(kubectl);
  await apply(kubectl, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: MARKER },
    spec: markerPod(image, ['sh', '-c', 'echo hello; sleep infinity']),
  });
  const scheduled = await kubectl.run(['wait', `pod/${name}`, '-n', MARKER, '--for=condition=Ready', '--timeout=120s']).then(
    () => true,
    () => false,
  );
  score.holds('a new pod is scheduled and runs', scheduled);
  const log = await kubectl.run(['logs', name, '-n', MARKER]).catch((error: Error) => error.message);
  score.holds('kubectl logs works', log.trim() === 'hello', log.trim().slice(0, 100));
  const [counter] = pods;
  const said = await kubectl
    .run(['exec', counter?.name ?? '', '-n', MARKER, '--', 'cat', '/data/written-by'])
    .catch((error: Error) => error.message);
  score.holds('kubectl exec works, and the volume holds what was written', said.trim() === counter?.name, said.trim().slice(0, 100));
  await kubectl.run(['delete', 'pod', name, '-n', MARKER]);
};

/** The move writes into a namespace of its own while it observes; that one goes by itself. */
const probeGone = async ({ set, score }: Stage, side: Side): Promise<void> => {
  const { kubectl } = await openHosted(set, side, FOLDER);
  const gone = await kubectl.run(['wait', '--for=delete', 'namespace/godwit-move-probe', '--timeout=60s']).catch((error: Error) => error);
  score.holds(
    'the move leaves nothing of its own in the hosted cluster',
    !(gone instanceof Error),
    gone instanceof Error ? gone.message : '',
  );
};

/** Line 5: whatever the hosted cluster was before the move it is after it. */
export const compare = async (stage: Stage, side: Side, before: Picture): Promise<void> => {
  await probeGone(stage, side);
  const after = await takePicture(stage, side);
  sameIdentity(stage, before, after);
  await sameObjects(stage, before, after);
  await oneEtcd(stage, side);
  await stillWorks(stage, side, after);
};
