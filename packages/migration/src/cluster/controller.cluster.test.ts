import { MigCluster, NAMESPACE, Namespace, Secret } from '@godwit/api';
import { accessOf, loadKubeconfig } from '@godwit/kube';
import { clusterPair, eventually, run } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { aMigCluster, aToken, aWorld, heldBy, make } from '../shared/world.fixture.ts';
import { migClusterController } from './controller.ts';

const { host, source, controlPlanes } = await clusterPair();
const { ca } = accessOf(loadKubeconfig({ path: controlPlanes.source.kubeconfigPath }));
const otherCa = accessOf(loadKubeconfig({ path: controlPlanes.host.kubeconfigPath })).ca;

const controllers = () => run(({ cache }) => [migClusterController(aWorld(host, cache))]);
const cluster = (name: string) => () => host.get(MigCluster, { namespace: NAMESPACE, name });
const held = (name: string) => async () => heldBy(await cluster(name)());

let admin = '';
beforeAll(async () => {
  admin = await aToken(source, 'admin', 'cluster-admin');
  await make(host, Namespace, { name: NAMESPACE });
});

test('a cluster that answers becomes ready, and carries the marks of a judgement', async () => {
  await using _running = controllers();
  await aMigCluster(host, 'good', { url: source.server, ca, token: admin });
  await make(host, MigCluster, { namespace: NAMESPACE, name: 'host' }, { spec: { isHostCluster: true } });
  await eventually(cluster('good')).toMatchObject({
    metadata: { annotations: { 'openshift.io/touch': expect.any(String) } },
    status: {
      observedDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      conditions: expect.arrayContaining([expect.objectContaining({ type: 'Ready', status: 'True', message: 'The cluster is ready.' })]),
    },
  });
  await eventually(held('host')).toContain('Ready');
});

test.each<[string, string, () => Promise<{ url: string; ca: string | undefined; token: string }>, string[], string]>([
  [
    'a server that is not there',
    'gone',
    async () => ({ url: 'https://127.0.0.1:1', ca, token: admin }),
    ['TestConnectFailed/ConnectFailed'],
    'refused the connection',
  ],
  [
    'a wrong authority',
    'wrong-ca',
    async () => ({ url: source.server, ca: otherCa, token: admin }),
    ['TestConnectFailed/ConnectFailed'],
    'does not vouch for this server',
  ],
  [
    'no authority',
    'no-ca',
    async () => ({ url: source.server, ca: undefined, token: admin }),
    ['TestConnectFailed/ConnectFailed'],
    '`caBundle` is required',
  ],
  [
    'a token that is not accepted',
    'expired',
    async () => ({ url: source.server, ca, token: `${admin.slice(0, -8)}AAAAAAAA` }),
    ['TestConnectFailed/ConnectFailed'],
    'wrong or has expired',
  ],
  [
    'a token without rights',
    'powerless',
    async () => ({ url: source.server, ca, token: await aToken(source, 'viewer') }),
    ['SaTokenNotPrivileged/Unauthorized'],
    '[migration.openshift.io,velero.io]',
  ],
])('%s is named with its remedy', async (_title, name, access, conditions, remedy) => {
  await using _running = controllers();
  await aMigCluster(host, name, await access());
  await eventually(held(name)).toEqual(conditions);
  expect(JSON.stringify(await cluster(name)())).toContain(remedy);
  expect((await cluster(name)())?.status?.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'Blocked' }),
  );
});

test('a new token in the secret is tried at once', async () => {
  await using _running = controllers();
  await aMigCluster(host, 'renewed', { url: source.server, ca, token: 'nonsense' });
  await eventually(held('renewed')).toEqual(['TestConnectFailed/ConnectFailed']);
  await host.patch(Secret, { namespace: NAMESPACE, name: 'renewed-token' }, { stringData: { saToken: admin } });
  await eventually(held('renewed')).toContain('Ready');
});

test('a refresh is answered, and nothing is written when nothing has changed', async () => {
  await using _running = controllers();
  await eventually(held('good')).toContain('Ready');
  await host.patch(MigCluster, { namespace: NAMESPACE, name: 'good' }, { spec: { refresh: true } });
  await eventually(cluster('good')).toMatchObject({ spec: { refresh: false }, status: { observedGeneration: 3 } });
  const { resourceVersion } = (await cluster('good')())?.metadata ?? {};
  await host.patch(Secret, { namespace: NAMESPACE, name: 'good-token' }, { metadata: { labels: { seen: 'true' } } }); // wakes the controller
  await host.patch(MigCluster, { namespace: NAMESPACE, name: 'host' }, { spec: { refresh: true } });
  await eventually(cluster('host')).toMatchObject({ spec: { refresh: false } });
  expect((await cluster('good')())?.metadata.resourceVersion).toBe(resourceVersion);
});
