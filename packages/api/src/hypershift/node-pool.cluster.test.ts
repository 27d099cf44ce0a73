import { aNodePool, answerOf, freshNamespace, testCluster } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { NodePool } from './node-pool.ts';

const client = testCluster();
let namespace = '';
let count = 0;

beforeAll(async () => {
  namespace = await freshNamespace();
});

const PAUSED = "PausedUntil must be a date in RFC3339 format or 'True', 'true', 'False' or 'false'";
const IMAGE = 'Image must start with a word character (letters, digits, or underscores) and contain no white spaces';
const FROM_ZERO = 'Scale-from-zero (autoScaling.min=0) is currently only supported for AWS and Azure platforms';
const KEY = 'key must be a qualified name with an optional subdomain prefix e.g. example.com/MyName';
const autoScaling = { min: 0, max: 3 };
const taint = (key: string) => ({ taints: [{ key, value: 'a', effect: 'NoSchedule' }] });

test('a pool gets the defaults that upstream gives, in place as with replacing', async () => {
  const { spec } = await client.create(NodePool, aNodePool({ namespace }), { dryRun: true });
  expect(spec).toMatchObject({
    arch: 'amd64',
    management: { autoRepair: false, replace: { strategy: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
  });
  const management = { upgradeType: 'InPlace', inPlace: {} } as NodePool['spec']['management'];
  const inPlace = await client.create(NodePool, aNodePool({ namespace, management }), { dryRun: true });
  expect(inPlace.spec.management).toMatchObject({ replace: { strategy: 'RollingUpdate' }, inPlace: { maxUnavailable: 1 } });
});

test('a pool is scaled through its scale subresource', async () => {
  await client.create(NodePool, aNodePool({ namespace, name: 'scaled', replicas: 1 }));
  const path = `/apis/hypershift.openshift.io/v1beta1/namespaces/${namespace}/nodepools/scaled/scale`;
  const scale = await client.request<{ spec: { replicas: number } }>('GET', path);
  await client.request('PUT', path, { body: { ...scale, spec: { replicas: 3 } } });
  expect((await client.get(NodePool, { namespace, name: 'scaled' }))?.spec.replicas).toBe(3);
});

test.each<[string, object, string]>([
  ['T7 a word that is no time to pause until', { pausedUntil: 'fail' }, PAUSED],
  ['T7 a day alone to pause until', { pausedUntil: '2022-01-01' }, PAUSED],
  ['T7 true to pause until', { pausedUntil: 'true' }, 'accepted'],
  ['T7 false to pause until', { pausedUntil: 'false' }, 'accepted'],
  ['T7 True to pause until', { pausedUntil: 'True' }, 'accepted'],
  ['T7 False to pause until', { pausedUntil: 'False' }, 'accepted'],
  ['T7 a time to pause until', { pausedUntil: '2022-01-01T00:00:00Z' }, 'accepted'],
  ['G-H29 a time with a tail to pause until', { pausedUntil: '2024-01-01T00:00:00banana' }, PAUSED],
  [
    'T37 replacing with settings for in place',
    { management: { upgradeType: 'Replace', inPlace: {} } },
    "The 'inPlace' field can only be set when 'upgradeType' is 'InPlace'",
  ],
  [
    'T37 replacing by hand with settings for rolling',
    { management: { upgradeType: 'Replace', replace: { strategy: 'OnDelete', rollingUpdate: {} } } },
    "The 'rollingUpdate' field can only be set when 'strategy' is 'RollingUpdate'",
  ],
  ['T37 replacing by hand', { management: { upgradeType: 'Replace', replace: { strategy: 'OnDelete' } } }, 'accepted'],
  ['T37 no image', { release: { image: '' } }, 'spec.release.image'],
  ['T37 an image that begins with a sign', { release: { image: '@' } }, IMAGE],
  ['T37 an image with a space', { release: { image: 'a b' } }, IMAGE],
  ['T37 growing from zero on Agent', { platform: { type: 'Agent' }, autoScaling }, FROM_ZERO],
  ['T37 growing from zero on KubeVirt', { platform: { type: 'KubeVirt' }, autoScaling }, FROM_ZERO],
  ['T37 growing from zero on AWS', { platform: { type: 'AWS' }, autoScaling }, 'accepted'],
  ['T37 growing from zero on Azure', { platform: { type: 'Azure' }, autoScaling }, 'accepted'],
  ['T37 fewer at most than at least', { autoScaling: { min: 3, max: 2 } }, 'max must be equal or greater than min'],
  ['T37 both a number and bounds', { replicas: 2, autoScaling: { min: 1, max: 2 } }, 'Both replicas or autoScaling should not be set'],
  ['T37 s390x on AWS', { platform: { type: 'AWS' }, arch: 's390x' }, 'Setting Arch to s390x is only supported for KubeVirt'],
  ['T37 arm64 on None', { arch: 'arm64' }, 'accepted'],
  ['T37 a taint without a key', taint(''), KEY],
  ['T37 a taint with a wrong prefix', taint('prefix@/suffix'), KEY],
  ['T37 a taint with a wrong name', taint('prefix/suffix@'), KEY],
  ['T37 a taint without a prefix', taint('valid-suffix'), 'accepted'],
  ['T37 a taint with a prefix', taint('valid-prefix.com/valid-suffix'), 'accepted'],
])('%s: the API server answers as it should', async (_title, change, answer) => {
  const pool = aNodePool({ namespace, name: 'tried', ...change });
  expect(await answerOf(client.create(NodePool, pool, { dryRun: true }))).toContain(answer);
});

test.each<[string, object, object, string]>([
  ['another cluster', {}, { clusterName: 'other' }, 'ClusterName is immutable'],
  ['another platform', {}, { platform: { type: 'AWS' } }, 'Type is immutable'],
  ['another way to renew nodes', {}, { management: { upgradeType: 'InPlace' } }, 'UpgradeType is immutable'],
  ['another architecture', {}, { arch: 'arm64' }, 'Arch is immutable'],
  ['another number', { replicas: 1 }, { replicas: 2 }, 'accepted'],
])('%s: the API server answers a change as it should', async (_title, before, change, answer) => {
  count += 1;
  const name = `stored-${count}`;
  await client.create(NodePool, aNodePool({ namespace, name, ...before }));
  expect(await answerOf(client.patch(NodePool, { namespace, name }, { spec: change }))).toContain(answer);
});
