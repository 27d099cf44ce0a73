import { accessOf, connect, loadKubeconfig, resource } from '@godwit/kube';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killComponent, startComponent } from './components.ts';
import { type ControlPlane, startControlPlane } from './control-planes.ts';
import { knownSets } from './folders.ts';
import { changeState } from './state.ts';
import { sweepOrphans } from './stop.ts';

const NAMESPACES = resource('v1', 'Namespace', 'namespaces', 'Cluster');
const aNamespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const clientOf = ({ kubeconfigPath }: ControlPlane) => connect(accessOf(loadKubeconfig({ path: kubeconfigPath })));

let first: ControlPlane;
beforeAll(async () => {
  first = await startControlPlane({ name: 'devtest' });
});
afterAll(() => first.stop());

test('two servers on one etcd do not see each other, nor accept each other’s administrators', async () => {
  const second = await first.another({ name: 'second' });
  await clientOf(first).create(NAMESPACES, aNamespace('only-here'));
  expect(await clientOf(second).get(NAMESPACES, { name: 'only-here' })).toBeUndefined();
  const stranger = { ...accessOf(loadKubeconfig({ path: first.kubeconfigPath })), server: second.server };
  await expect(connect(stranger).get(NAMESPACES, { name: 'default' })).rejects.toThrow();
  await second.stop();
});

test('a server that was killed comes back with the same arguments and all its objects', async () => {
  const client = clientOf(first);
  await client.create(NAMESPACES, aNamespace('survives'));
  await killComponent(first.set, first.name, 'kube-apiserver');
  await expect(client.get(NAMESPACES, { name: 'survives' })).rejects.toThrow();
  await startComponent(first.set, first.name, 'kube-apiserver');
  await expect.poll(() => client.get(NAMESPACES, { name: 'survives' }).catch(() => undefined), { timeout: 30_000 }).toBeDefined();
});

test('what a process that was killed left behind is removed by the next start', async () => {
  const left = await startControlPlane({ name: 'left' });
  await changeState(left.set, (state) => ({ ...state, owner: { pid: process.pid, startTime: '1' } }));
  expect(await sweepOrphans()).toContain(left.set);
  expect(knownSets()).not.toContain(left.set);
});
