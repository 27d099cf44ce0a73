import { ConfigMap, Deployment, Namespace, Secret } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { eventually, freshNamespace, testCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { applyGroups } from './apply.ts';
import type { Manifest } from './manifest.ts';
import { tryManifests } from './try-manifests.ts';
import { summaryOf, validateManifests } from './validate-manifests.ts';

const cluster = testCluster();

const object = (apiVersion: string, kind: string, name: string, more: object = {}, metadata: object = {}): Manifest =>
  ({ apiVersion, kind, metadata: { name, ...metadata }, ...more }) as KubeObject;
const configMap = (name: string, namespace: string, data: Record<string, string> = {}, annotations: Record<string, string> = {}) =>
  object('v1', 'ConfigMap', name, { data }, { namespace, annotations });

/** Lets a namespace that is being deleted go, as the controller of namespaces would. */
const letGo = async (name: string): Promise<void> => {
  const found = await cluster.get(Namespace, { name });
  expect(found?.metadata.deletionTimestamp).toBeDefined();
  await cluster.request('PUT', `/api/v1/namespaces/${name}/finalize`, { body: { ...found, spec: { finalizers: [] } } });
  await eventually(() => cluster.get(Namespace, { name })).toBeUndefined();
};

let count = 0;
/** Puts manifests into a ConfigMap and judges them. */
const judge = async (...manifests: readonly Manifest[]) => {
  count += 1;
  const ref = { namespace: await freshNamespace(cluster), name: `extra-${count}` };
  const text = manifests.map((each) => JSON.stringify(each)).join('\n---\n');
  await cluster.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: ref, data: { 'all.yaml': text } });
  return validateManifests(cluster, [ref]);
};

test('T28 a kind that is not served is a warning, which an error beside it hides', async () => {
  const unknown = object('sriovnetwork.openshift.io/v1', 'SriovNetwork', 'sriov-nw');
  expect(summaryOf(await judge(unknown))).toEqual({ warning: 'SriovNetwork[sriov-nw] - CRD not deployed on cluster' });
  const findings = await judge(
    unknown,
    object('machineconfiguration.openshift.io/v1', 'MachineConfig', 'generic'),
    object('operators.coreos.com/v1alpha1', 'Subscription', 'local-storage-operator'),
  );
  expect(summaryOf(findings)).toEqual({
    error: 'MachineConfig[generic] in extramanifests is not allowed; Subscription[local-storage-operator] in extramanifests is not allowed',
  });
  expect(findings.map(({ code, severity }) => [code, severity])).toContainEqual(['ExtraManifestKindUnknown', 'Warning']);
});

test('T30 a namespace that is defined beside its objects is neither error nor warning, and is gone afterwards', async () => {
  const namespace = 'zz-made-for-a-trial';
  expect(await judge(configMap('a', namespace), object('v1', 'Namespace', namespace))).toEqual([]);
  await expect(judge(configMap('a', namespace), object('v1', 'Namespace', namespace))).rejects.toThrow('still being deleted');
  await letGo(namespace);
  expect(await judge(configMap('a', namespace), object('v1', 'Namespace', namespace))).toEqual([]);
});

test('a namespace in a later wave, or nowhere, is a warning', async () => {
  const late = object('v1', 'Namespace', 'later', {}, { annotations: { 'lca.openshift.io/apply-wave': '5' } });
  const early = configMap('a', 'later', {}, { 'lca.openshift.io/apply-wave': '1' });
  expect(summaryOf(await judge(early, late, configMap('b', 'nowhere')))).toEqual({
    warning: [
      'ConfigMap[a] - namespace later not found on cluster or not added in configmap in right order',
      'ConfigMap[b] - namespace nowhere not found on cluster or not added in configmap in right order',
    ].join('; '),
  });
});

test('what the server refuses by schema or admission is a warning, and nothing of a trial is kept', async () => {
  const namespace = await freshNamespace(cluster);
  const findings = await judge(
    configMap('Not_A_Name', namespace),
    object('apps/v1', 'Deployment', 'd', { spec: { replicas: 'three' } }, { namespace }),
    configMap('good', namespace),
    object('v1', 'Secret', 'in-default', { stringData: { a: 'b' } }),
  );
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(new RegExp(`^ConfigMap\\[Not_A_Name\\] - dryrun failed in namespace ${namespace}: .*Invalid value`)),
    expect.stringMatching(new RegExp(`^Deployment\\[d\\] - dryrun failed in namespace ${namespace}: `)),
  ]);
  expect(await cluster.get(ConfigMap, { namespace, name: 'good' })).toBeUndefined();
  expect(await cluster.get(Secret, { namespace: 'default', name: 'in-default' })).toBeUndefined();
});

test('a trial namespace that a killed agent has left is taken over and removed', async () => {
  const name = 'left-by-a-killed-trial';
  const left = object('v1', 'Namespace', name, {}, { labels: { 'godwit.io/trial-namespace': 'true' } });
  await cluster.create(Namespace, left as Namespace);
  expect(summaryOf(await judge(configMap('a', name)))).toEqual({
    warning: `ConfigMap[a] - namespace ${name} not found on cluster or not added in configmap in right order`,
  });
  expect(await judge(object('v1', 'Namespace', name), configMap('a', name))).toEqual([]);
  await letGo(name);
});

test('a namespace that a killed trial has left, and that somebody uses since, stays', async () => {
  const name = 'left-and-used';
  const left = object('v1', 'Namespace', name, {}, { labels: { 'godwit.io/trial-namespace': 'true', team: 'shop' } });
  await cluster.create(Namespace, left as Namespace);
  await cluster.create(ConfigMap, configMap('orders', name) as ConfigMap);
  expect(await judge(configMap('a', name))).toEqual([]);
  expect(await judge(object('v1', 'Namespace', name), configMap('a', name))).toEqual([]);
  const found = await cluster.get(Namespace, { name });
  expect(found?.metadata.deletionTimestamp).toBeUndefined();
  expect(found?.metadata.labels).toEqual({ team: 'shop', 'kubernetes.io/metadata.name': name });
});

/** The cluster, where somebody else acts just before a namespace is made and just before the first ConfigMap is tried. */
const busy = ({ namespace, first }: { namespace?: () => Promise<unknown>; first?: () => Promise<unknown> }): typeof cluster => ({
  ...cluster,
  create: async (resource, given, options) => {
    if (resource.kind === 'Namespace' && !options?.dryRun) await namespace?.();
    if (resource.kind === 'ConfigMap') await first?.();
    return cluster.create(resource, given, options);
  },
});

test('a namespace that somebody makes in the same moment is not deleted', async () => {
  const name = 'made-in-the-same-moment';
  const theirs = busy({ namespace: () => cluster.create(Namespace, object('v1', 'Namespace', name) as Namespace) });
  expect(await tryManifests(theirs, [object('v1', 'Namespace', name), configMap('a', name)])).toEqual([]);
  expect((await cluster.get(Namespace, { name }))?.metadata.deletionTimestamp).toBeUndefined();
});

test('a namespace that somebody uses while manifests are tried in it stays', async () => {
  const name = 'used-during-the-trial';
  const theirs = busy({ first: () => cluster.create(Secret, object('v1', 'Secret', 'password', {}, { namespace: name }) as Secret) });
  expect(await tryManifests(theirs, [object('v1', 'Namespace', name), configMap('a', name)])).toEqual([]);
  const found = await cluster.get(Namespace, { name });
  expect(found?.metadata.deletionTimestamp).toBeUndefined();
  expect(found?.metadata.labels).not.toHaveProperty(['godwit.io/trial-namespace']);
});

test('a ConfigMap that is not there is an error', async () => {
  expect(summaryOf(await validateManifests(cluster, [{ namespace: 'default', name: 'gone' }]))).toEqual({
    error: 'the extraManifests configMap is not found, error: configmaps "gone" not found. Please create the configMap.',
  });
});

test('manifests create, replace or merge, without the annotation that says so', async () => {
  const namespace = await freshNamespace(cluster);
  const old = { kept: 'by merging', changed: 'old' };
  await cluster.create(ConfigMap, configMap('replaced', namespace, old) as ConfigMap);
  await cluster.create(ConfigMap, configMap('merged', namespace, old) as ConfigMap);
  const now = { changed: 'new' };
  const groups = [
    [configMap('created', namespace, now), configMap('replaced', namespace, now)],
    [
      configMap('merged', namespace, now, { 'lca.openshift.io/apply-type': 'merge' }),
      object('v1', 'ConfigMap', `of-default-${count}`, { data: now }),
    ],
  ];
  expect(await applyGroups(cluster, groups)).toBeUndefined();
  expect(await applyGroups(cluster, groups)).toBeUndefined();
  const dataOf = async (name: string) => (await cluster.get(ConfigMap, { namespace, name }))?.data;
  expect(await Promise.all(['created', 'replaced', 'merged'].map(dataOf))).toEqual([now, now, { ...old, ...now }]);
  expect((await cluster.get(ConfigMap, { namespace, name: 'merged' }))?.metadata.annotations ?? {}).toEqual({});
  expect((await cluster.get(ConfigMap, { namespace: 'default', name: `of-default-${count}` }))?.data).toEqual(now);
});

test('a definition and an object of it can be applied together; what is refused for good is told', async () => {
  const kind = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'birds.nest.example', {
    spec: {
      group: 'nest.example',
      scope: 'Cluster',
      names: { kind: 'Bird', plural: 'birds', singular: 'bird', listKind: 'BirdList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  });
  const groups = [[kind, object('nest.example/v1', 'Bird', 'godwit')]];
  // the server serves a new kind after a moment: until then it is an error that is tried again
  await eventually(() => applyGroups(cluster, groups)).toBeUndefined();
  expect(await applyGroups(cluster, [[object('nest.example/v1', 'Egg', 'one')]])).toBe(
    'no matches for kind "Egg" in version "nest.example/v1"',
  );
  const refused = object('apps/v1', 'Deployment', 'd', { spec: { replicas: 'three' } });
  expect(await applyGroups(cluster, [[refused]])).toMatch(/^Failed to create manifest Deployment d: (?!.*https:)/s);
  expect(await cluster.get(Deployment, { namespace: 'default', name: 'd' })).toBeUndefined();
});
