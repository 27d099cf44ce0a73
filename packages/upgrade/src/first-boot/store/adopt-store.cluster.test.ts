import { ConfigMap, EndpointSlice, Endpoints, Lease, Namespace, Node, Pod, Secret } from '@godwit/api';
import { systemClock } from '@godwit/controller';
import { describeSet, startComponent, startControlPlane, stopComponent } from '@godwit/devcluster';
import { type KubeObject, resource } from '@godwit/kube';
import { clientFor, eventually } from '@godwit/testkit';
import { afterAll, expect, test } from 'vitest';
import { adoptStore } from './adopt-store.ts';
import { withEtcd } from './start-etcd.ts';

const plane = await startControlPlane({ name: 'seed', controllers: true });
afterAll(plane.stop);
const cluster = clientFor(plane.kubeconfigPath);

const PARTS = ['kube-controller-manager', 'kube-apiserver', 'etcd'] as const;
const SEED = { name: 'seed-node', address: '192.0.2.7' };
const Requests = resource<KubeObject & { spec: object }>(
  'certificates.k8s.io/v1',
  'CertificateSigningRequest',
  'certificatesigningrequests',
  'Cluster',
);

const object = (kind: string, name: string, rest: object, namespace?: string) =>
  ({ apiVersion: 'v1', kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...rest }) as never;
const inShop = (name: string) => ({ namespace: 'shop', name });

const aPod = (name: string, nodeName?: string) =>
  object(
    'Pod',
    name,
    {
      spec: {
        ...(nodeName === undefined ? {} : { nodeName }),
        automountServiceAccountToken: false,
        containers: [{ name: 'web', image: 'web:1' }],
      },
    },
    'shop',
  );

const fillAsSeed = async (): Promise<void> => {
  await cluster.create(Namespace, object('Namespace', 'shop', {}));
  await cluster.create(Node, object('Node', SEED.name, { metadata: { name: SEED.name, labels: { role: 'seed' } } }));
  await cluster.create(Lease, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { namespace: 'kube-node-lease', name: SEED.name },
    spec: { holderIdentity: SEED.name },
  } as never);
  await eventually(() => cluster.get(ConfigMap, inShop('kube-root-ca.crt'))).toBeDefined();
  await cluster.create(Pod, aPod('bound', SEED.name));
  await cluster.create(Pod, aPod('waiting'));
  await cluster.create(
    Endpoints,
    object('Endpoints', 'web', { subsets: [{ addresses: [{ ip: SEED.address, nodeName: SEED.name }] }] }, 'shop'),
  );
  await cluster.create(ConfigMap, object('ConfigMap', 'settings', { data: { colour: 'blue' } }, 'shop'));
  await cluster.create(ConfigMap, object('ConfigMap', 'mentions', { data: { host: SEED.name } }, 'shop'));
  await cluster.create(Secret, object('Secret', 'password', { stringData: { word: 'sesame' } }, 'shop'));
  await cluster.create(Requests, {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'csr-seed' },
    spec: {
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
      request: Buffer.from(REQUEST).toString('base64'),
    },
  });
};

// a request for the certificate of user seed; its key was thrown away
const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIHJMHECAQAwDzENMAsGA1UEAwwEc2VlZDBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABGD9YKcTkvgUTtZZpjL1G2W9aJJYfmBRssAETaSOh9jtpktt8EbftDBSMuKa
B190SL+JYwOIkp4yLr8wDwWpyhSgADAKBggqhkjOPQQDAgNIADBFAiEAkRxLbPFE
jqGs9x5ssJCdh5+Fl2He7L9+t/I/Y9UDmYcCIFvr0hG5ZORlLaFV7nFp/Q/RmN74
DasDWFHgZSgHrkwt
-----END CERTIFICATE REQUEST-----
`;

const etcdPlace = () => {
  const argv = describeSet(plane.set)?.components.find(({ name }) => name === 'etcd')?.argv ?? [];
  const option = (name: string): string => argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
  return {
    program: argv[0] ?? '',
    dataFolder: option('data-dir'),
    clientPort: Number(new URL(option('listen-client-urls')).port),
    peerPort: Number(new URL(option('listen-peer-urls')).port),
    prefix: `/${plane.name}/`,
  };
};

const adopt = () => withEtcd(etcdPlace(), systemClock, (store) => adoptStore(store, [SEED.name, SEED.address]));

test('D-I7 the store of a seed starts again as another cluster, in which nothing of the seed’s node is left', async () => {
  await fillAsSeed();
  const authority = (await cluster.get(ConfigMap, inShop('kube-root-ca.crt')))?.metadata.uid;
  for (const part of PARTS) await stopComponent(plane.set, plane.name, part);

  const first = await adopt();
  expect(first.removed).toMatchObject({
    minions: 1,
    certificatesigningrequests: 1,
    'services/endpoints': 1,
    pods: 1,
  });
  expect(first.mentions).toEqual(['configmaps/shop/mentions']);
  const second = await adopt();
  expect(second.removed).toEqual({});
  expect(second.kept).toBe(first.kept);

  for (const part of PARTS.toReversed()) {
    // the controller manager gives up when the server does not know its rights yet
    if (part === 'kube-controller-manager')
      await eventually(() => cluster.request('GET', '/readyz').catch(() => undefined), { seconds: 60 }).toBe('ok');
    await startComponent(plane.set, plane.name, part);
  }
  expect(await cluster.get(ConfigMap, inShop('settings'))).toMatchObject({ data: { colour: 'blue' } });
  expect((await cluster.get(Secret, inShop('password')))?.data).toEqual({ word: Buffer.from('sesame').toString('base64') });
  expect((await cluster.list(Node)).items).toEqual([]);
  expect((await cluster.list(Requests)).items).toEqual([]);
  expect((await cluster.list(Pod)).items.map(({ metadata }) => metadata.name)).toEqual(['waiting']);
  expect(await cluster.get(Lease, { namespace: 'kube-node-lease', name: SEED.name })).toBeUndefined();
  expect(JSON.stringify((await cluster.list(EndpointSlice)).items)).not.toContain(SEED.name);
  await eventually(() => cluster.get(ConfigMap, inShop('kube-root-ca.crt')), { seconds: 60 }).toMatchObject({
    metadata: { uid: expect.not.stringMatching(authority ?? '') },
  });
}, 180_000);
