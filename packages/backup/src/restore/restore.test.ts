import { ApiError, ConnectionError, type KubeObject } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { causeOf, isWorthRetrying, remedyOf } from './causes.ts';
import { judgeExisting } from './existing.ts';
import { createLimiter } from './limiter.ts';
import { isSame, mergePatch } from './merge-patch.ts';
import { inventoryOf, restoredList } from './outcome.ts';
import { volumeFate } from './volume-fates.ts';
import { LAST_WAVE, REST_WAVE, waveOf } from './waves.ts';

describe('waves', () => {
  const order = [
    'customresourcedefinitions.apiextensions.k8s.io',
    'namespaces',
    'storageclasses.storage.k8s.io',
    'serviceaccounts',
    'rolebindings.rbac.authorization.k8s.io',
    'secrets',
    'persistentvolumes',
    'persistentvolumeclaims',
    'services',
    'pods',
    'replicasets.apps',
    'deployments.apps',
    'widgets.example.com',
    'resourcequotas',
  ];
  test.each(order.slice(1).map((after, index) => [order[index] ?? '', after] as const))('%s before %s', (before, after) => {
    expect(waveOf(before)).toBeLessThan(waveOf(after));
  });
  test.each(['services.serving.knative.dev', 'roles.example.com', 'ingresses.networking.k8s.io'])('%s belongs to the rest', (name) =>
    expect(waveOf(name)).toBe(REST_WAVE),
  );
  test.each(['validatingwebhookconfigurations.admissionregistration.k8s.io', 'apiservices.apiregistration.k8s.io'])(
    '%s comes last',
    (name) => expect(waveOf(name)).toBe(LAST_WAVE),
  );
});

describe('merge patches', () => {
  test.each([
    [{ a: 1 }, { a: 1 }, {}],
    [{ a: 1 }, { b: 2 }, { a: null, b: 2 }],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }, { a: { c: null } }],
    [{ a: [1] }, { a: [2] }, { a: [2] }],
    [{ a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])('%j to %j is %j', (from, to, patch) => expect(mergePatch(from, to)).toEqual(patch));
  test('the order of keys makes no difference', () =>
    expect(isSame({ a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 })).toBe(true));
});

describe('existing objects', () => {
  const make = (labels: Record<string, string>, data: object, metadata: object = {}): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x', labels, ...metadata },
    ...data,
  });
  const ours = { 'velero.io/backup-name': 'b', 'velero.io/restore-name': 'r' };
  const desired = make(ours, { data: { a: '1' } });
  test.each([
    ['equal ones are left', 'none', make({}, { data: { a: '1' } }, { uid: 'u', managedFields: [] }), { do: 'nothing' }],
    ['equal ones with our labels are left', 'update', make(ours, { data: { a: '1' } }), { do: 'nothing' }],
    [
      'equal ones get our labels with update',
      'update',
      make({}, { data: { a: '1' } }),
      { do: 'relabel', labels: { metadata: { labels: ours } } },
    ],
    ['differing ones are a warning', undefined, make({}, { data: { a: '2' } }), { do: 'warn' }],
    [
      'differing ones are patched with update',
      'update',
      make({}, { data: { b: '2' } }),
      { do: 'update', patch: { data: { a: '1', b: null }, metadata: { labels: ours } }, labels: { metadata: { labels: ours } } },
    ],
  ])('%s', (_title, policy, live, verdict) => expect(judgeExisting('configmaps', live, desired, policy)).toEqual(verdict));
  test.each([
    ['configmaps', 'kube-root-ca.crt'],
    ['secrets', 'default-dockercfg-x'],
    ['endpoints', 'web'],
    ['namespaces', 'shop'],
  ])('what the cluster makes by itself is no warning: %s %s', (resource, name) => {
    const [live, wanted] = [make({}, { data: { a: '2' } }, { name }), make(ours, { data: { a: '1' } }, { name })];
    expect(judgeExisting(resource, live, wanted, undefined)).toEqual({ do: 'nothing' });
  });
});

describe('causes', () => {
  const refusal = (status: number, message: string) => new ApiError(message, { status, reason: 'x' });
  test.each([
    ['QuotaExceeded', refusal(403, 'pods "a" is forbidden: exceeded quota: q')],
    ['RefusedByWebhook', refusal(400, 'admission webhook "x" denied the request: no')],
    ['ImmutableField', refusal(422, 'spec.selector: field is immutable')],
    ['Forbidden', refusal(403, 'User cannot create pods')],
    ['Invalid', refusal(422, 'spec.x: Required value')],
    ['NamespaceTerminating', refusal(403, 'unable to create in namespace x because it is being terminated')],
    ['Unreachable', new ConnectionError('gone', { server: 's', fault: 'refused' })],
    ['Undecodable', new SyntaxError('bad')],
    ['Other', new Error('odd')],
  ])('%s', (cause, error) => {
    expect(causeOf(error)).toBe(cause);
    expect(remedyOf(causeOf(error))).not.toBe('');
  });
  test.each([
    ['throttling', refusal(429, 'slow down'), true],
    ['a server fault', refusal(503, 'unavailable'), true],
    ['a lost connection', new ConnectionError('gone', { server: 's', fault: 'reset' }), true],
    [
      'a service account in the making',
      refusal(403, 'error looking up service account a/default: serviceaccount "default" not found'),
      true,
    ],
    ['a failing webhook', refusal(500, 'failed calling webhook "x"'), false],
    ['a wrong certificate', new ConnectionError('no', { server: 's', fault: 'tls' }), false],
    ['a refusal', refusal(403, 'no'), false],
  ])('%s is tried again: %s', (_title, error, again) => expect(isWorthRetrying(error)).toBe(again));
});

test('the limiter tries throttled requests again, waits as long as the server asks, and narrows', async () => {
  const pauses: number[] = [];
  const limiter = createLimiter({ now: () => new Date(0), sleep: async (seconds) => void pauses.push(seconds) });
  let left = 2;
  const answer = await limiter.run(async () => {
    if (left-- > 0) throw new ApiError('slow down', { status: 429, reason: 'TooManyRequests', retryAfter: 3 });
    return 'done';
  });
  expect([answer, pauses, limiter.width()]).toEqual(['done', [3, 3], 8]);
});

test('the limiter never runs more at once than its width', async () => {
  const limiter = createLimiter({ now: () => new Date(0), sleep: async () => {} });
  let [running, most] = [0, 0];
  const request = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
  };
  await Promise.all(Array.from({ length: 300 }, () => limiter.run(request)));
  expect(most).toBeGreaterThan(32);
  expect(most).toBeLessThanOrEqual(128);
});

test.each([
  ['Delete', undefined, 'provision'],
  ['Retain', undefined, 'restore'],
  ['Retain', { backupMethod: 'PodVolumeBackup' as const }, 'provision'],
  ['Retain', { backupMethod: 'CSISnapshot' as const }, 'provision'],
])('a volume with policy %s and record %j: %s', (policy, info, fate) => {
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' }, spec: { persistentVolumeReclaimPolicy: policy } };
  expect(volumeFate({ info, volume, onTarget: false })).toBe(fate);
});

test('reports name what was created, and the resource list every outcome', () => {
  const pod = { resource: 'pods', namespace: 'a', kind: 'Pod', apiVersion: 'v1' };
  const outcomes = [
    { ...pod, name: 'two', action: 'skipped' as const },
    { ...pod, name: 'one', action: 'created' as const, uid: 'u' },
    { ...pod, name: 'out', action: 'skipped' as const, cause: 'LeftOut' as const },
  ];
  expect(restoredList(outcomes)).toEqual({ 'v1/Pod': ['a/one(created)', 'a/two(skipped)'] });
  expect(inventoryOf(outcomes)).toEqual([{ group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespace: 'a', name: 'one', uid: 'u' }]);
});
