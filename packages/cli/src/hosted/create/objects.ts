import { randomBytes } from 'node:crypto';
import { annotations } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import type { CreateRequest } from './request.ts';

/** An object with fields of its kind. */
type Manifest = KubeObject & Record<string, unknown>;

const KEY_BYTES = 32;
const API = { apiVersion: 'hypershift.openshift.io/v1beta1' } as const;

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

const secret = ({ namespace }: CreateRequest, name: string, data: Record<string, string>, type = 'Opaque'): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name },
  type,
  data,
});

/** Names of what stands beside a hosted cluster; upstream's. */
const namesFor = (name: string) => ({
  pullSecret: `${name}-pull-secret`,
  sshKey: `${name}-ssh-key`,
  encryptionKey: `${name}-etcd-encryption-key`,
  trustBundle: `${name}-trust-bundle`,
});

const companions = (request: CreateRequest, makeKey: () => Buffer): Manifest[] => {
  const { namespace, name, trustBundle, sshKey, pullSecret, encrypted } = request;
  const names = namesFor(name);
  return [
    ...(trustBundle === undefined
      ? []
      : [
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: names.trustBundle }, data: { 'ca-bundle.crt': trustBundle } },
        ]),
    secret(request, names.pullSecret, { '.dockerconfigjson': base64(pullSecret) }, 'kubernetes.io/dockerconfigjson'),
    ...(sshKey === undefined ? [] : [secret(request, names.sshKey, { 'id_rsa.pub': base64(sshKey) })]),
    ...(encrypted ? [secret(request, names.encryptionKey, { key: base64(makeKey()) })] : []),
  ];
};

const pausing = (until: string | undefined) => (until === undefined ? {} : { pausedUntil: until });

const clusterSpec = (request: CreateRequest) => {
  const { name, releaseImage, baseDomain, services, etcd, availability, networking, encrypted, sshKey, trustBundle } = request;
  const names = namesFor(name);
  const { storageClass, restoreUrl } = etcd;
  return {
    release: { image: releaseImage },
    platform: { type: 'None' },
    dns: { baseDomain },
    pullSecret: { name: names.pullSecret },
    ...(sshKey === undefined ? {} : { sshKey: { name: names.sshKey } }),
    ...(trustBundle === undefined ? {} : { additionalTrustBundle: { name: names.trustBundle } }),
    controllerAvailabilityPolicy: availability,
    infrastructureAvailabilityPolicy: 'SingleReplica',
    networking: {
      networkType: networking.networkType,
      clusterNetwork: [{ cidr: networking.clusterCidr }],
      serviceNetwork: [{ cidr: networking.serviceCidr }],
    },
    etcd: {
      managementType: 'Managed',
      managed: {
        storage: {
          type: 'PersistentVolume',
          persistentVolume: { size: etcd.size, ...(storageClass === undefined ? {} : { storageClassName: storageClass }) },
          ...(restoreUrl === undefined ? {} : { restoreSnapshotURL: [restoreUrl] }),
        },
      },
    },
    ...(encrypted ? { secretEncryption: { type: 'aescbc', aescbc: { activeKey: { name: names.encryptionKey } } } } : {}),
    services,
    ...pausing(request.paused.cluster),
  };
};

const poolOf = ({ namespace, name, releaseImage, replicas, paused }: CreateRequest): Manifest[] =>
  replicas === undefined
    ? []
    : [
        {
          ...API,
          kind: 'NodePool',
          metadata: { namespace, name },
          spec: {
            clusterName: name,
            replicas,
            release: { image: releaseImage },
            platform: { type: 'None' },
            management: { upgradeType: 'Replace', autoRepair: false },
            ...pausing(paused.pools),
          },
        },
      ];

/** The objects of a hosted cluster in the order in which they are created; `makeKey` gives the key that its Secrets are encrypted with. */
export const clusterObjects = (request: CreateRequest, makeKey: () => Buffer = () => randomBytes(KEY_BYTES)): Manifest[] => {
  const { namespace, name, local } = request;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...companions(request, makeKey),
    {
      ...API,
      kind: 'HostedCluster',
      metadata: { namespace, name, ...(local ? { annotations: { [annotations.infrastructure]: 'local' } } : {}) },
      spec: clusterSpec(request),
    },
    ...poolOf(request),
  ];
};
