import { existsSync, readdirSync } from 'node:fs';
import { accessOf, type Client, connect, type KubeObject, loadKubeconfig, resource } from '@godwit/kube';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cgroupsNamed } from '../node/cgroups.ts';
import { PAUSE_IMAGE } from '../node/containerd.ts';
import { execInNode } from '../node/exec.ts';
import { prefixOf } from '../node/names.ts';
import { VOLUMES } from '../node/volumes.ts';
import { markedProcesses } from '../processes/marked.ts';
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
const options = { id, clusters: ['solo'], volumeMegabytes: 64, bound: true };
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

test('the end leaves no process, namespace, cgroup or folder', async () => {
  const folder = setFolder(id);
  await stopSet(id);
  expect(markedProcesses(folder)).toEqual([]);
  expect(readdirSync('/run/netns').filter((name) => name.startsWith(prefixOf(id)))).toEqual([]);
  expect(cgroupsNamed(prefixOf(id))).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});
