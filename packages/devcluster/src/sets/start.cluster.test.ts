import { Resolver } from 'node:dns/promises';
import { existsSync, readdirSync } from 'node:fs';
import { accessOf, type Client, connect, type KubeObject, loadKubeconfig, resource } from '@godwit/kube';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programPath } from '../binaries/program-path.ts';
import { cgroupsNamed } from '../node/cgroups.ts';
import { PAUSE_IMAGE } from '../node/containerd.ts';
import { execInNode } from '../node/exec.ts';
import { bridgeName, prefixOf } from '../node/names.ts';
import { VOLUMES } from '../node/volumes.ts';
import { markedProcesses } from '../processes/marked.ts';
import { run } from '../processes/run.ts';
import { pushReleases } from '../release/push.ts';
import { REGISTRY_NAME } from '../services/ports.ts';
import { killComponent, requireComponent } from './components.ts';
import { setFolder } from './folders.ts';
import { startSet } from './start.ts';
import { requireState, type SetState } from './state.ts';
import { stopSet } from './stop.ts';

type Loose = KubeObject & {
  spec?: object;
  status?: {
    phase?: string;
    conditions?: { type: string; status: string }[];
    loadBalancer?: { ingress?: { ip: string }[] };
  };
};
const NODES = resource<Loose>('v1', 'Node', 'nodes', 'Cluster');
const PODS = resource<Loose>('v1', 'Pod', 'pods');
const CLAIMS = resource<Loose>('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims');
const SERVICES = resource<Loose>('v1', 'Service', 'services');

const id = `devtest-${process.pid}`;
const options = { id, clusters: ['solo'], volumeMegabytes: 64, hosted: true, bound: true };
const isReady = (object?: Loose): boolean =>
  object?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

let state: SetState;
let client: Client;
beforeAll(async () => {
  state = await startSet(options);
  client = connect(accessOf(loadKubeconfig({ path: state.clusters[0]?.kubeconfigPath })));
});
afterAll(async () => {
  await client?.close();
  await stopSet(id);
});

const named = (kind: string, name: string, spec: object): Loose => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'default', labels: { app: name } },
  spec,
});

test('the node is ready, and the registry and the object store are on record', async () => {
  expect(isReady(await client.get(NODES, { name: 'solo-1' }))).toBe(true);
  expect(state).toMatchObject({ registry: expect.stringMatching(/:5000$/), objectStore: { bucket: 'godwit' } });
});

test('a pod runs with a volume that only its own node sees', async () => {
  await client.create(
    CLAIMS,
    named('PersistentVolumeClaim', 'data', { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } }),
  );
  const container = { name: 'pause', image: PAUSE_IMAGE, imagePullPolicy: 'Never', volumeMounts: [{ name: 'data', mountPath: '/data' }] };
  await client.create(
    PODS,
    named('Pod', 'web', {
      containers: [container],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
      terminationGracePeriodSeconds: 0,
    }),
  );
  await expect.poll(async () => isReady(await client.get(PODS, { namespace: 'default', name: 'web' })), { timeout: 30_000 }).toBe(true);
  const [folder = ''] = (await execInNode(id, 'solo', ['ls', VOLUMES])).split('\n');
  expect(folder).toMatch(/^[0-9a-f-]{36}$/);
  expect(readdirSync(VOLUMES)).not.toContain(folder);
});

test('a full volume is a full disk', async () => {
  await expect(execInNode(id, 'solo', ['dd', 'if=/dev/zero', `of=${VOLUMES}/big`, 'bs=1M', 'count=100'])).rejects.toThrow(
    'No space left on device',
  );
});

test('a service of type LoadBalancer gets an address, and the node answers for it', async () => {
  await client.create(SERVICES, named('Service', 'web', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] }));
  const ingress = async () => (await client.get(SERVICES, { namespace: 'default', name: 'web' }))?.status?.loadBalancer?.ingress;
  await expect.poll(ingress, { timeout: 10_000 }).toMatchObject([{ ip: state.clusters[0]?.node?.loadBalancerRange[0] }]);
  expect(await execInNode(id, 'solo', ['ip', 'address', 'show', 'dev', 'eth0'])).toContain(
    `${state.clusters[0]?.node?.loadBalancerRange[0]}/32`,
  );
});

test('a holder of the key adds a name, pods find it at once, and nobody else adds one', async () => {
  const { server = '', zone, keyFile = '' } = state.dns ?? {};
  const update = `server ${server}\nupdate add api-sample.${zone} 5 A 192.0.2.7\nsend\n`;
  await expect(run(['nsupdate'], { input: update })).rejects.toThrow('REFUSED');
  await run(['nsupdate', '-k', keyFile], { input: update });
  const clusterDns = new Resolver();
  clusterDns.setServers([state.clusters[0]?.node?.address ?? '']);
  expect(await clusterDns.resolve4(`api-sample.${zone}`, { ttl: true })).toEqual([{ address: '192.0.2.7', ttl: 5 }]);
  await expect(run(['dig', '+short', `@${server}`, `${zone}`, 'AXFR'])).resolves.toContain('Transfer failed');
});

test('a name server that was killed still knows what it was told', async () => {
  await killComponent(id, undefined, 'named');
  await startSet(options);
  await expect.poll(() => run(['dig', '+short', `@${state.dns?.server}`, `api-sample.${state.dns?.zone}`])).toBe('192.0.2.7');
});

test('the kinds of Cluster API are served in one version, and volumes can outlive their claims', async () => {
  const { versions } = await client.request<{ versions: { version: string }[] }>('GET', '/apis/cluster.x-k8s.io');
  expect(versions.map(({ version }) => version)).toEqual(['v1beta2']);
  expect(await client.request('GET', '/apis/storage.k8s.io/v1/storageclasses/retain')).toMatchObject({ reclaimPolicy: 'Retain' });
});

test('a pod starts from a release that was pushed to the registry of the set', async () => {
  await pushReleases(id);
  const script = 'etcd --version | head -1; etcdctl version | head -1';
  const container = { name: 'etcd', image: `${REGISTRY_NAME}/godwit/payload:4.21.0-etcd`, command: ['sh', '-c', script] };
  await client.create(PODS, named('Pod', 'etcd', { containers: [container], restartPolicy: 'Never' }));
  const ended = async () => (await client.get(PODS, { namespace: 'default', name: 'etcd' }))?.status?.phase;
  await expect.poll(ended, { timeout: 60_000, interval: 500 }).toMatch(/Succeeded|Failed/);
  const kubectl = [await programPath('kubectl'), '--kubeconfig', state.clusters[0]?.kubeconfigPath ?? ''];
  expect(await run([...kubectl, 'logs', 'etcd'])).toContain('etcd Version: 3.6.5\netcdctl version: 3.6.5');
}, 180_000);

test('a second start returns the running set, and starts again what has ended', async () => {
  const keeper = requireComponent(requireState(id), 'solo', 'mounts').process;
  await killComponent(id, 'solo', 'kube-scheduler');
  const again = await startSet(options);
  expect(requireComponent(again, 'solo', 'mounts').process).toEqual(keeper);
  expect(requireComponent(again, 'solo', 'kube-scheduler').process).not.toEqual(requireComponent(state, 'solo', 'kube-scheduler').process);
});

test('other clusters under the id of a running set are refused', async () => {
  await expect(startSet({ ...options, clusters: ['other'] })).rejects.toThrow(`Set ${id} runs already, with solo`);
});

test('the end leaves no process, link, namespace, cgroup or folder', async () => {
  const folder = setFolder(id);
  const bridge = bridgeName(requireState(id).subnet ?? 0);
  await stopSet(id);
  expect(readdirSync('/sys/class/net').filter((name) => name.startsWith(bridge))).toEqual([]);
  expect(markedProcesses(folder)).toEqual([]);
  expect(readdirSync('/run/netns').filter((name) => name.startsWith(prefixOf(id)))).toEqual([]);
  expect(cgroupsNamed(prefixOf(id))).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});
