import { ClusterRoleBinding, ConfigMap, DaemonSet, Deployment, Secret, Service } from '@godwit/api';
import { type Source, silentLog } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { eventually, run, testCluster } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { World } from '../../world.ts';
import { isInPlace, stamped } from '../apply/in-place.ts';
import { aControlPlane, aRelease } from '../control-plane.fixture.ts';
import { createFurnisher } from './furnish.ts';
import { insideManifests } from './manifests/all.ts';

/** The cluster of this run is the hosted one; it has no nodes, so nothing that is written starts. */
const client = testCluster();
const plane = aControlPlane({ serviceNetworks: ['10.96.0.0/16'] });
const konnectivity = { host: '10.0.0.1', port: 30132 };
const { manager, ...running } = run(() => []);
const furnish = createFurnisher({ cache: manager.cache, log: silentLog } as unknown as World);
const watched: Source[] = [];
const round = { signal: new AbortController().signal, watch: (source: Source) => watched.push(source), wake: () => {} };
const again = () =>
  furnish({
    plane,
    annotations: {},
    release: aRelease,
    konnectivity,
    seen: { secrets: [] },
    client,
    key: 'clusters-sample/sample',
    round: round as never,
  });
const manifests = insideManifests(plane, { release: aRelease, konnectivity, agent: { 'ca.crt': '' } });

beforeAll(again);
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  for (const { resource, object } of manifests) await client.delete(resource, object.metadata as { name: string });
});

test('what has been written is in place, so that it is not written on every pass', async () => {
  for (const manifest of manifests.map(stamped)) {
    const { resource, object } = manifest;
    const there = await client.get(resource, object.metadata as { name: string });
    expect(isInPlace(there, manifest), `${resource.kind} ${object.metadata.name}`).toBe(true);
  }
});

test.each<[string, Resource<KubeObject>, string]>([
  ['the name server', Deployment, 'coredns'],
  ['its configuration', ConfigMap, 'coredns'],
  ['its address', Service, 'kube-dns'],
  ['the agents', DaemonSet, 'konnectivity-agent'],
  ['their certificate', Secret, 'konnectivity-agent'],
  ['kube-proxy', DaemonSet, 'kube-proxy'],
])('a tenant who deletes %s gets it back, and the deletion wakes the control plane', async (_title, resource, name) => {
  const at = { namespace: 'kube-system', name };
  const before = await client.get(resource, at);
  await client.delete(resource, at);
  await eventually(async () => {
    await again();
    return client.get(resource, at);
  }).toMatchObject({ metadata: { uid: expect.not.stringContaining(before?.metadata.uid ?? '') } });
  expect(watched).toContainEqual(expect.objectContaining({ client, resource }));
});

test('what a tenant changes is put right, also what lies in no namespace', async () => {
  const at = { name: 'godwit:node-bootstrapper' };
  await client.patch(ClusterRoleBinding, at, { subjects: null });
  await eventually(async () => {
    await again();
    return client.get(ClusterRoleBinding, at);
  }).toMatchObject({ subjects: [{ name: 'system:bootstrappers' }] });
});
