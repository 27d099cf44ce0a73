import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostedCluster, NodePool, parseObject } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Failure } from '../../failure.ts';
import { clusterObjects } from './objects.ts';
import { readObjects } from './read-objects.ts';
import { render } from './render.ts';
import { type CreateOptions, createRequest } from './request.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-create-'));
const fileWith = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const SECRET = 'c2VjcmV0LW9mLXB1bGxpbmc=';
const pullSecret = fileWith('pull.json', JSON.stringify({ auths: { 'registry.example': { auth: SECRET } } }));
const KEY = Buffer.alloc(32, 7);

const base: CreateOptions = { releaseImage: 'registry.example/release:4.21.0', pullSecret, baseDomain: 'example.com' };
const objectsOf = (options: CreateOptions = {}, name = 'demo'): KubeObject[] =>
  clusterObjects(createRequest('clusters', name, { ...base, ...options }), () => KEY);
const the = <T>(objects: readonly KubeObject[], kind: string): T => objects.find((each) => each.kind === kind) as T;
const clusterOf = (options: CreateOptions = {}): HostedCluster => the(objectsOf(options), 'HostedCluster');

const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('the objects of a hosted cluster', () => {
  test('come in the order in which they are needed', () => {
    const objects = objectsOf({ sshKey: fileWith('id.pub', 'ssh-ed25519 AAAA'), additionalTrustBundle: pullSecret, nodePoolReplicas: '2' });
    expect(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'Namespace/clusters',
      'ConfigMap/demo-trust-bundle',
      'Secret/demo-pull-secret',
      'Secret/demo-ssh-key',
      'Secret/demo-etcd-encryption-key',
      'HostedCluster/demo',
      'NodePool/demo',
    ]);
  });

  test('are what the kinds take', () => {
    const objects = objectsOf({ nodePoolReplicas: '2' });
    expect(parseObject(HostedCluster, the(objects, 'HostedCluster'))).toMatchObject({ ok: true });
    expect(parseObject(NodePool, the(objects, 'NodePool'))).toMatchObject({ ok: true });
  });

  test('give every service a host name of its own', () => {
    const hosts = clusterOf().spec.services.map(({ service, servicePublishingStrategy }) => [
      service,
      servicePublishingStrategy.loadBalancer?.hostname,
    ]);
    expect(hosts).toEqual([
      ['APIServer', 'api.demo.example.com'],
      ['OAuthServer', 'oauth.demo.example.com'],
      ['Konnectivity', 'konnectivity.demo.example.com'],
      ['Ignition', 'ignition.demo.example.com'],
    ]);
  });

  test('publish by node port, with names and ports as they were given', () => {
    const { services } = clusterOf({
      servicePublishing: 'NodePort',
      serviceHosts: 'APIServer=kube.example.org:31000,Ignition=ign.example.org',
    }).spec;
    expect(services.map(({ servicePublishingStrategy: { nodePort } }) => nodePort)).toEqual([
      { address: 'kube.example.org', port: 31_000 },
      { address: 'oauth.demo.example.com' },
      { address: 'konnectivity.demo.example.com' },
      { address: 'ign.example.org' },
    ]);
  });

  test('encrypt Secrets with a new key of 32 bytes', () => {
    const key = objectsOf().find(({ metadata }) => metadata.name === 'demo-etcd-encryption-key') as unknown as { data: { key: string } };
    expect(Buffer.from(key.data.key, 'base64')).toEqual(KEY);
    expect(clusterOf().spec.secretEncryption).toEqual({ type: 'aescbc', aescbc: { activeKey: { name: 'demo-etcd-encryption-key' } } });
    expect(clusterOf({ secretEncryption: 'none' }).spec.secretEncryption).toBeUndefined();
  });

  test('say local machines by an annotation, with a pod network that the machine brings', () => {
    const { metadata, spec } = clusterOf({ infrastructure: 'local' });
    expect(metadata.annotations).toEqual({ 'godwit.io/infrastructure': 'local' });
    expect([spec.networking.networkType, clusterOf().spec.networking.networkType]).toEqual(['Other', 'OVNKubernetes']);
  });

  test('have an etcd of the wanted size, class and beginning', () => {
    const options = {
      etcdStorageSize: '4Gi',
      etcdStorageClass: 'retain',
      restoreSnapshotUrl: 's3://b/k',
      controlPlaneAvailabilityPolicy: 'SingleReplica',
    };
    expect(clusterOf(options).spec).toMatchObject({
      controllerAvailabilityPolicy: 'SingleReplica',
      etcd: { managed: { storage: { persistentVolume: { size: '4Gi', storageClassName: 'retain' }, restoreSnapshotURL: ['s3://b/k'] } } },
    });
  });
});

describe('--pausedUntil', () => {
  const date = '2030-01-31T18:00:00Z';
  test.each<[string, CreateOptions, string | undefined, string | undefined]>([
    ['true pauses the cluster and its pools', { pausedUntil: 'true' }, 'true', 'true'],
    ['true with compat pauses the pools only', { pausedUntil: 'true', pausedUntilCompat: true }, undefined, 'true'],
    ['a date pauses both', { pausedUntil: date }, date, date],
    ['a date with compat pauses both too', { pausedUntil: date, pausedUntilCompat: true }, date, date],
    ['an empty text pauses nothing', { pausedUntil: '' }, undefined, undefined],
    ['nothing pauses nothing', {}, undefined, undefined],
  ])('%s', (_title, options, cluster, pool) => {
    const objects = objectsOf({ ...options, nodePoolReplicas: '1' });
    expect(the<HostedCluster>(objects, 'HostedCluster').spec.pausedUntil).toBe(cluster);
    expect(the<NodePool>(objects, 'NodePool').spec.pausedUntil).toBe(pool);
  });
  test.each(['yes', 'True', '2030-01-31', '2024-01-01T00:00:00banana', '2030-13-41T00:00:00Z'])('%s is no pause', (pausedUntil) => {
    expect(failureOf(() => objectsOf({ pausedUntil }))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('invalid pausedUntil value'),
    });
  });
});

test.each<[string, CreateOptions, string | undefined, string]>([
  ['no name', {}, undefined, 'NAME is missing'],
  ['a name that cannot be one', {}, 'Demo!', 'is no name'],
  ['a name that leaves no room for its namespace', {}, 'a'.repeat(55), `"${'a'.repeat(55)}" is too long`],
  ['no release', { releaseImage: '' }, 'demo', '--release-image is missing'],
  ['no pull secret', { pullSecret: '' }, 'demo', '--pull-secret is missing'],
  ['no base domain', { baseDomain: '' }, 'demo', '--base-domain is missing'],
  ['a way of publishing that is none', { servicePublishing: 'Route' }, 'demo', '--service-publishing Route'],
  ['a service that is none', { serviceHosts: 'API=a.example.com' }, 'demo', '--service-hosts API=a.example.com'],
  ['a count that is none', { nodePoolReplicas: 'two' }, 'demo', '--node-pool-replicas two'],
  ['a size that is none', { etcdStorageSize: 'big' }, 'demo', '--etcd-storage-size big'],
  ['an infrastructure that is none', { infrastructure: 'aws' }, 'demo', '--infrastructure aws'],
])('%s is a usage error with a next step', (_title, options, name, what) => {
  const failure = failureOf(() => createRequest('clusters', name, { ...base, ...options }));
  expect(failure).toMatchObject({ exitCode: 2, reason: 'Usage', message: expect.stringContaining(what), next: expect.any(String) });
});

test('a pull secret that is none is refused without a part of it', () => {
  const failure = failureOf(() => objectsOf({ pullSecret: fileWith('odd.json', '{"auth": "hunter2"}') }));
  expect(`${failure.message} ${failure.why}`).not.toContain('hunter2');
  expect(failureOf(() => objectsOf({ pullSecret: '/nowhere' }))).toMatchObject({ reason: 'FileUnreadable', exitCode: 1 });
});

describe('rendering', () => {
  test('divides objects, leaves Secrets out and says which', () => {
    const { text, leftOut } = render(objectsOf({ nodePoolReplicas: '1' }), { sensitive: false });
    expect(parseAllDocuments(text).map((each) => (each.toJS() as KubeObject).kind)).toEqual(['Namespace', 'HostedCluster', 'NodePool']);
    expect(text).not.toContain(SECRET);
    expect(leftOut).toEqual(['clusters/demo-pull-secret', 'clusters/demo-etcd-encryption-key']);
  });
  test('with Secrets, what is read from the text again is what was rendered', () => {
    const objects = objectsOf({ nodePoolReplicas: '1' });
    const { text, leftOut } = render(objects, { sensitive: true });
    expect(leftOut).toEqual([]);
    expect(readObjects(fileWith('rendered.yaml', text), 'clusters')).toEqual(objects);
  });
});

describe('a file of objects', () => {
  test('may be a list; what has no namespace gets one', () => {
    const cluster = { apiVersion: 'hypershift.openshift.io/v1beta1', kind: 'HostedCluster', metadata: { name: 'demo' }, spec: {} };
    const path = fileWith('list.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [cluster] }));
    expect(readObjects(path, 'tenants')).toEqual([{ ...cluster, metadata: { name: 'demo', namespace: 'tenants' } }]);
  });
  test.each([
    ['is no YAML', 'a: [', 'is no YAML'],
    ['holds what is no object', 'just text', 'object 1 is none'],
    ['holds no hosted cluster', 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}', 'holds no HostedCluster'],
  ])('that %s is a usage error', (_title, text, what) => {
    expect(failureOf(() => readObjects(fileWith('bad.yaml', text), 'clusters'))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(what),
    });
  });
});
