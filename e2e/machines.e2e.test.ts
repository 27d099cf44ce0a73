import { existsSync, readFileSync } from 'node:fs';
import type { LocalMachine } from '@godwit/api';
import {
  buildImage,
  cutPower,
  describeSet,
  execInMachine,
  IMAGES,
  killComponent,
  listMachines,
  programPath,
  pushImage,
  silent,
  startMachines,
} from '@godwit/devcluster';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { allowJoining, applyAll, authorityIn, type IgnitionServer, nodeIgnition, serveIgnition } from './support/joining.ts';
import { type LocalSet, openLocalSet } from './support/local-set.ts';
import { until } from './support/until.ts';

const NAMESPACE = 'machines';
const WORKERS = ['worker-1', 'worker-2'];
const KINDS = ['localmachines', 'localclusters'].map((plural) => `crd/${plural}.infrastructure.godwit.io`);

let set: LocalSet;
let ignition: IgnitionServer;
let image: string;

const localMachine = (name: string, spec: object, metadata: object = {}): object => ({
  apiVersion: 'infrastructure.godwit.io/v1alpha1',
  kind: 'LocalMachine',
  metadata: { name, namespace: NAMESPACE, ...metadata },
  spec,
});

const machine = (name: string): object => ({
  apiVersion: 'cluster.x-k8s.io/v1beta2',
  kind: 'Machine',
  metadata: { name, namespace: NAMESPACE },
  spec: {
    clusterName: 'joined',
    bootstrap: { dataSecretName: 'bootstrap' },
    infrastructureRef: { apiGroup: 'infrastructure.godwit.io', kind: 'LocalMachine', name },
  },
});

/** Makes a Machine and the LocalMachine that it owns, as Cluster API would. */
const order = async (name: string): Promise<void> => {
  await applyAll(set.alpha, [machine(name)]);
  const uid = await set.alpha.run(['get', 'machines.cluster.x-k8s.io', name, '-n', NAMESPACE, '-o', 'jsonpath={.metadata.uid}']);
  const owner = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Machine', name, uid, controller: true };
  await applyAll(set.alpha, [localMachine(name, {}, { ownerReferences: [owner] })]);
};

const ready = (cluster: LocalSet['alpha'], object: string, ...namespace: string[]): Promise<string> =>
  cluster.run(['wait', object, ...namespace, '--for=condition=Ready', '--timeout=120s']);

const inNamespace = ['-n', NAMESPACE];

const stateOf = async (name: string, cluster = set.alpha): Promise<LocalMachine> =>
  JSON.parse(await cluster.run(['get', 'localmachine', name, ...inNamespace, '-o', 'json']));

const pod = (name: string, nodeName: string, command: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: NAMESPACE },
  spec: {
    nodeName,
    restartPolicy: 'Never',
    dnsPolicy: 'Default',
    containers: [{ name: 'main', image, command: ['/bin/sh', '-c', command], volumeMounts: [{ name: 'root', mountPath: '/host' }] }],
    volumes: [{ name: 'root', hostPath: { path: '/' } }],
  },
});

const firstProcess = (name: string): number | undefined => listMachines(set.id).find(({ id }) => id === name)?.process?.pid;

const isBootedAgain = (name: string, before: number | undefined): boolean => {
  const now = firstProcess(name);
  return now !== undefined && now !== before && existsSync(`/proc/${now}`);
};

beforeAll(async () => {
  set = await openLocalSet(inject('localSet'));
  const { registry = '', subnet, clusters } = describeSet(set.id) ?? {};
  await pushImage({
    archive: await buildImage(IMAGES.transfer, silent),
    reference: `${registry}/machines/transfer:1`,
    authority: set.objectStore.authorityPath,
  });
  image = 'registry.godwit.local:5000/machines/transfer:1';
  const crds = JSON.parse(readFileSync(await programPath('cluster-api-crds.json'), 'utf8')) as object[];
  const clusterApi = { apiVersion: 'v1', kind: 'List', items: crds };
  for (const cluster of [set.alpha, set.beta]) {
    await cluster.run(['apply', '--server-side', '-f', '-'], JSON.stringify(clusterApi));
    await applyAll(cluster, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }]);
  }
  const beta = clusters?.find(({ name }) => name === 'beta');
  if (!beta) throw new Error('the set has no cluster beta');
  const joined = { server: beta.server, authority: authorityIn(beta.kubeconfigPath), token: await allowJoining(set.beta) };
  ignition = await serveIgnition(`10.${subnet}.0.1`, nodeIgnition(joined, { '/etc/custom-config': 'from Ignition\n' }));
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bootstrap', namespace: NAMESPACE } };
  await applyAll(set.alpha, [{ ...secret, stringData: { value: ignition.pointer } }]);
  await startMachines(set.id);
  for (const cluster of [set.alpha, set.beta]) {
    await cluster.run(['wait', '--for=create', ...KINDS, '--timeout=120s']);
    await cluster.run(['wait', '--for=condition=Established', ...KINDS, '--timeout=120s']);
  }
});

afterAll(async () => {
  ignition?.close();
  for (const cluster of [set.alpha, set.beta]) await cluster.run(['delete', 'namespace', NAMESPACE, '--wait=false']);
  await set.beta.run(['delete', 'nodes', ...WORKERS, '--ignore-not-found']);
  await until('the machines to be gone', 120, async () => listMachines(set.id).length === 0 || undefined);
});

test('LocalMachines become machines that join a cluster, though their configuration is not served at once', async () => {
  await applyAll(set.alpha, [{ ...localMachine('joined', {}), kind: 'LocalCluster' }]);
  for (const name of WORKERS) await order(name);
  for (const name of WORKERS) await ready(set.alpha, `localmachine/${name}`, ...inNamespace);
  expect(ignition.asked()).toBeGreaterThan(WORKERS.length);
  const { id, address } = listMachines(set.id)[0] ?? { id: '', address: '' };
  expect(await stateOf(id)).toMatchObject({
    spec: { providerID: `local:///${set.id}/${id}` },
    status: {
      initialization: { provisioned: true },
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: id },
      ],
    },
  });
  await ready(set.alpha, 'localcluster/joined', ...inNamespace);
  for (const name of WORKERS) {
    await set.beta.run(['wait', '--for=create', `node/${name}`, '--timeout=120s']);
    await ready(set.beta, `node/${name}`);
  }
});

test('pods of two machines reach each other, and see the files of their own machine only', async () => {
  await set.beta.run(['wait', '--for=create', 'serviceaccount/default', ...inNamespace, '--timeout=120s']);
  await applyAll(set.beta, [pod('server', 'worker-1', ': > /etc/rsyncd.conf; exec rsync --daemon --no-detach --port=8730')]);
  await ready(set.beta, 'pod/server', ...inNamespace);
  const address = await set.beta.run(['get', 'pod', 'server', ...inNamespace, '-o', 'jsonpath={.status.podIP}']);
  const call = `rsync rsync://${address}:8730/ && cat /host/etc/custom-config > /host/etc/seen && ! ls /host/var/lib/godwit`;
  await applyAll(set.beta, [pod('client', 'worker-2', call)]);
  await set.beta.run(['wait', 'pod/client', ...inNamespace, '--for=jsonpath={.status.phase}=Succeeded', '--timeout=120s']);
  expect(await execInMachine(set.id, 'worker-2', ['cat', '/etc/seen'])).toBe('from Ignition');
  expect(existsSync('/etc/seen')).toBe(false);
});

test('a kubelet that is killed comes back, and so does a machine whose power was cut while its provider was dead', async () => {
  const kubelet = () => execInMachine(set.id, 'worker-1', ['pgrep', '-o', 'kubelet']);
  const before = await kubelet();
  await execInMachine(set.id, 'worker-1', ['kill', '-9', before]);
  await expect.poll(kubelet, { timeout: 60_000 }).not.toBe(before);

  const first = firstProcess('worker-2');
  await killComponent(set.id, undefined, 'machines');
  await cutPower(set.id, 'worker-2');
  await startMachines(set.id);
  await until('worker-2 to be booted again', 120, async () => isBootedAgain('worker-2', first) || undefined);
  expect(readFileSync(`/proc/${firstProcess('worker-1')}/comm`, 'utf8')).toBe('sh\n');
});

test('a machine goes over to the management cluster that names it last, and the former owner cannot end it', async () => {
  const before = firstProcess('worker-1');
  const spec = { providerID: `local:///${set.id}/worker-1` };
  await applyAll(set.beta, [localMachine('worker-1', spec, { annotations: { 'cluster.x-k8s.io/paused': '' } })]);
  await set.beta.run(['annotate', 'localmachine', 'worker-1', ...inNamespace, 'cluster.x-k8s.io/paused-']);
  await ready(set.beta, 'localmachine/worker-1', ...inNamespace);
  await set.alpha.run(['delete', 'localmachine', 'worker-1', ...inNamespace, '--timeout=120s']);
  expect(listMachines(set.id).find(({ id }) => id === 'worker-1')).toMatchObject({ claim: { cluster: 'beta', epoch: 2 } });
  expect(firstProcess('worker-1')).toBe(before);
});

test('a fenced LocalMachine goes without its machine, which then belongs to whoever names it', async () => {
  await set.beta.run(['annotate', 'localmachine', 'worker-1', ...inNamespace, 'godwit.io/fence=1']);
  await set.beta.run(['delete', 'localmachine', 'worker-1', ...inNamespace, '--timeout=120s']);
  expect(listMachines(set.id).find(({ id }) => id === 'worker-1')?.claim).toBeUndefined();
  await applyAll(set.alpha, [localMachine('worker-1', { providerID: `local:///${set.id}/worker-1` })]);
  await ready(set.alpha, 'localmachine/worker-1', ...inNamespace);
});

test('a deleted machine leaves nothing on the host', async () => {
  const records = listMachines(set.id);
  await set.alpha.run(['delete', 'localmachine', ...WORKERS, ...inNamespace, '--timeout=120s']);
  const found = async (...argv: string[]): Promise<string> => (await execa('sh', ['-c', argv.join('; ')], { reject: false })).stdout;
  for (const { cgroup, podSubnet, networkNamespace, id } of records)
    expect(
      await found(
        `ls /run/netns | grep -x ${networkNamespace}`,
        `find /sys/fs/cgroup -name ${cgroup}`,
        `ip route show ${podSubnet}`,
        `grep /machines/${id}/ /proc/self/mounts`,
        `ls -d /var/lib/godwit/${set.id}/machines/${id}`,
      ),
    ).toBe('');
});
