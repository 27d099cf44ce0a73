import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from './client.ts';
import { accessOf } from './kubeconfig/access-of.ts';
import { loadKubeconfig } from './kubeconfig/load.ts';
import { resource } from './resource.ts';
import type { KubeObject, Resource } from './types.ts';

type ConfigMap = KubeObject & { data?: Record<string, string> };
const ConfigMap = resource<ConfigMap>('v1', 'ConfigMap', 'configmaps');
const Namespace = resource('v1', 'Namespace', 'namespaces', 'Cluster');
const CustomResourceDefinition = resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster');

const access = accessOf(loadKubeconfig({ path: inject('kubeconfig') }));
const client = connect(access, { userAgent: 'godwit-test' });
const namespace = `kube-client-${process.pid}`;
/** Milliseconds that the server may take to serve a new kind. */
const PATIENCE = 20_000;
const named = (name: string, data?: Record<string, string>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels: { by: 'test' } },
  ...(data ? { data } : {}),
});

beforeAll(() => client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
afterAll(async () => {
  await client.delete(Namespace, { name: namespace });
  await client.close();
});

describe('a client', () => {
  test('creates, reads, replaces, patches and deletes an object', async () => {
    const created = await client.create(ConfigMap, named('life', { a: '1' }));
    expect(created.metadata.uid).toBeDefined();
    const replaced = await client.replace(ConfigMap, { ...created, data: { a: '2' } });
    expect((await client.get(ConfigMap, { namespace, name: 'life' }))?.data).toEqual({ a: '2' });
    await expect(client.replace(ConfigMap, created)).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
    expect((await client.patch(ConfigMap, { namespace, name: 'life' }, { data: { b: '3' } })).data).toEqual({ a: '2', b: '3' });
    const operations = [{ op: 'remove', path: '/data/a' }];
    expect((await client.patch(ConfigMap, { namespace, name: 'life' }, operations, { type: 'json' })).data).toEqual({ b: '3' });
    await expect(client.delete(ConfigMap, { namespace, name: 'life' }, { uid: 'another' })).rejects.toMatchObject({ reason: 'Conflict' });
    await client.delete(ConfigMap, { namespace, name: 'life' }, { uid: replaced.metadata.uid });
    expect(await client.get(ConfigMap, { namespace, name: 'life' })).toBeUndefined();
  });

  test('takes a second deletion of the same object as success', async () => {
    await expect(client.delete(ConfigMap, { namespace, name: 'never-there' })).resolves.toBeUndefined();
  });

  test('throws the reason and the message of the server when a name is taken', async () => {
    await client.create(ConfigMap, named('taken'));
    await expect(client.create(ConfigMap, named('taken'))).rejects.toMatchObject({
      reason: 'AlreadyExists',
      message: expect.stringMatching(/configmaps "taken" already exists \(POST https/),
      details: { name: 'taken', kind: 'configmaps' },
    });
  });

  test('applies what one manager owns, and names the other manager in a conflict', async () => {
    const metadata = { name: 'applied', namespace };
    await client.apply(ConfigMap, { metadata, data: { owner: 'one' } }, { fieldManager: 'one' });
    const conflict = client.apply(ConfigMap, { metadata, data: { owner: 'two' } }, { fieldManager: 'two' });
    await expect(conflict).rejects.toMatchObject({ reason: 'Conflict', message: expect.stringContaining('conflict with "one"') });
    const forced = await client.apply(ConfigMap, { metadata, data: { owner: 'two' } }, { fieldManager: 'two', force: true });
    expect(forced.data).toEqual({ owner: 'two' });
  });

  test('stores nothing in a dry run', async () => {
    await client.create(ConfigMap, named('dry'), { dryRun: true });
    expect(await client.get(ConfigMap, { namespace, name: 'dry' })).toBeUndefined();
  });

  test('joins the pages of a list, and says of every item what it is', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
    await Promise.all(names.map((name) => client.create(ConfigMap, named(name))));
    const options = { namespace, labelSelector: 'by=test', pageSize: 3 };
    const { items, resourceVersion } = await client.list(ConfigMap, options);
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(names));
    expect(new Set(items.map(({ kind, apiVersion }) => `${apiVersion} ${kind}`))).toEqual(new Set(['v1 ConfigMap']));
    expect(Number(resourceVersion)).toBeGreaterThan(0);
    const { items: one } = await client.list(ConfigMap, { namespace, fieldSelector: 'metadata.name=page-3' });
    expect(one.map(({ metadata }) => metadata.name)).toEqual(['page-3']);
  });

  test('acts as somebody else', async () => {
    const eve = connect(access, { impersonate: { user: 'eve', groups: ['guests'] } });
    await expect(eve.list(ConfigMap, { namespace })).rejects.toMatchObject({
      status: 403,
      reason: 'Forbidden',
      message: expect.stringContaining('User "eve" cannot list'),
    });
    await eve.close();
  });

  test('answers raw paths with JSON or text', async () => {
    expect(await client.request<{ major: string }>('GET', '/version')).toMatchObject({ major: '1' });
    expect(await client.request('GET', '/readyz')).toBe('ok');
  });

  test('counts what it sent', async () => {
    const counted = connect(access);
    await Promise.all([counted.get(ConfigMap, { namespace, name: 'x' }), counted.get(ConfigMap, { namespace, name: 'y' })]);
    expect(counted.counts()).toEqual([{ verb: 'get', resource: 'configmaps', count: 2 }]);
    await counted.close();
  });

  test('stops when its caller does', async () => {
    const gone = new Error('the caller left');
    await expect(client.list(ConfigMap, { namespace, signal: AbortSignal.abort(gone) })).rejects.toThrow('the caller left');
  });
});

describe('faults of the connection', () => {
  test.each([
    ['an unknown authority', { ...access, ca: undefined }, 'tls', 'signed by an unknown authority; add the CA'],
    ['a certificate for another name', { ...access, serverName: 'elsewhere.example' }, 'tls', 'tls-server-name'],
    ['a port on which nobody listens', { ...access, server: 'https://127.0.0.1:1' }, 'refused', 'check that the API server runs'],
  ])('are explained: %s', async (_title, wrong, fault, words) => {
    const broken = connect(wrong);
    await expect(broken.request('GET', '/version')).rejects.toMatchObject({
      name: 'ConnectionError',
      fault,
      message: expect.stringContaining(words),
    });
    await broken.close();
  });

  test('wrong credentials are the server’s refusal, after a second try with what was read again', async () => {
    const stranger = connect({ server: access.server, ca: access.ca, token: 'wrong' });
    await expect(stranger.list(ConfigMap, { namespace })).rejects.toMatchObject({ status: 401, reason: 'Unauthorized' });
    expect(stranger.counts()).toEqual([{ verb: 'list', resource: 'configmaps', count: 2 }]);
    await stranger.close();
  });
});

const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const define = async (plural: string, subresources: object): Promise<Resource> => {
  const group = `kube-client-${process.pid}.example.org`;
  const kind = plural.slice(0, -1);
  const spec = {
    group,
    scope: 'Namespaced',
    names: { plural, singular: kind, kind, listKind: `${kind}List`, shortNames: [kind.slice(0, 3)] },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...subresources }],
  };
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec,
  };
  await client.create(CustomResourceDefinition, object);
  return resource(`${group}/v1`, kind, plural);
};

describe('kinds that a cluster defines itself', () => {
  test('are discovered, and their status is written where the cluster keeps it', async () => {
    const kinds = [await define('pigeons', { subresources: { status: {} } }), await define('waders', {})];
    await expect
      .poll(async () => (await client.discover({ fresh: true })).filter(({ group }) => group === kinds[0]?.group).length, {
        timeout: PATIENCE,
      })
      .toBe(2);
    const served = await client.discover();
    expect(served.find(({ plural }) => plural === 'pigeons')).toMatchObject({
      kind: 'pigeon',
      preferred: true,
      subresources: ['status'],
      shortNames: ['pig'],
    });
    expect(served.find(({ plural }) => plural === 'waders')).toMatchObject({ scope: 'Namespaced', subresources: [] });
    for (const kind of kinds) {
      const bird = { apiVersion: `${kind.group}/v1`, kind: kind.kind, metadata: { name: 'tweet', namespace } };
      const attempt = () => client.create(kind, bird).then(() => 'created', String);
      await expect.poll(attempt, { timeout: PATIENCE }).toBe('created');
      const status = { metadata: bird.metadata, status: { phase: 'Flying' } };
      const written = await client.apply(kind, status, { fieldManager: 'test', subresource: 'status', force: true });
      expect(written).toMatchObject({ status: { phase: 'Flying' } });
      const absent = client.patch(kind, { namespace, name: 'gone' }, { status: {} }, { subresource: 'status' });
      await expect(absent).rejects.toMatchObject({ status: 404 });
      const gone = { metadata: { name: 'gone', namespace }, status: { phase: 'Lost' } };
      const revived = client.apply(kind, gone, { fieldManager: 'test', subresource: 'status', force: true });
      await expect(revived).rejects.toMatchObject({ status: 404 });
      await client.delete(CustomResourceDefinition, { name: `${kind.plural}.${kind.group}` });
    }
  });

  test('do not hide what the cluster has built in', async () => {
    const served = await client.discover();
    expect(served.find(({ group, plural }) => group === 'apps' && plural === 'deployments')).toMatchObject({
      kind: 'Deployment',
      version: 'v1',
      scope: 'Namespaced',
      subresources: ['scale', 'status'],
      preferred: true,
    });
    expect(served.find(({ group, plural }) => group === '' && plural === 'nodes')).toMatchObject({ scope: 'Cluster' });
  });
});
