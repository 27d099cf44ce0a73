import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CLUSTERS, type HostedSet } from './hosted-set.ts';

/** The name of the hosted cluster, and of the namespace with its control plane's pods. */
export const SAMPLE = 'sample';
export const HOME = `${CLUSTERS}-${SAMPLE}`;
/** The name of its pool of workers. */
export const WORKERS = 'workers';
/** The public name of its API. */
export const API_HOST = 'api-sample.hc.test';

const hypershift = 'hypershift.openshift.io/v1beta1';
const meta = (name: string, more: object = {}) => ({ name, namespace: CLUSTERS, ...more });

/** `highlyAvailable`: three members of etcd instead of one. `authorities`: more PEM certificates that the control plane trusts. */
export type SampleOptions = { highlyAvailable?: boolean; authorities?: string };

const nodePort = (service: string, address: string, port: number) => ({
  service,
  servicePublishingStrategy: { type: 'NodePort', nodePort: { address, port } },
});

const unpublished = (service: string) => ({ service, servicePublishingStrategy: { type: 'None' } });

/** A hosted cluster of platform None whose workers are local machines, and which keeps its names wherever it runs. */
export const sampleCluster = ({ releases }: HostedSet, { highlyAvailable = false }: SampleOptions = {}): object => ({
  apiVersion: hypershift,
  kind: 'HostedCluster',
  metadata: meta(SAMPLE, { annotations: { 'godwit.io/infrastructure': 'local' } }),
  spec: {
    release: { image: releases['4.21.0'] },
    pullSecret: { name: 'sample-pull-secret' },
    additionalTrustBundle: { name: 'trust' },
    controllerAvailabilityPolicy: highlyAvailable ? 'HighlyAvailable' : 'SingleReplica',
    platform: { type: 'None' },
    networking: { networkType: 'Other', clusterNetwork: [{ cidr: '10.132.0.0/14' }], serviceNetwork: [{ cidr: '172.31.0.0/16' }] },
    etcd: {
      managementType: 'Managed',
      managed: { storage: { type: 'PersistentVolume', persistentVolume: { size: '1Gi', storageClassName: 'retain' } } },
    },
    secretEncryption: { type: 'aescbc', aescbc: { activeKey: { name: 'sample-etcd-encryption-key' } } },
    services: [
      { service: 'APIServer', servicePublishingStrategy: { type: 'LoadBalancer', loadBalancer: { hostname: API_HOST } } },
      nodePort('Konnectivity', 'konnectivity-sample.hc.test', 30132),
      nodePort('Ignition', 'ignition-sample.hc.test', 30443),
      unpublished('OAuthServer'),
      unpublished('OIDC'),
    ],
  },
});

/** What the hosted cluster refers to: pull secret, encryption key, and the authorities of the set's registry and store. */
export const sampleParts = ({ objectStore }: HostedSet, { authorities = '' }: SampleOptions = {}): object[] => [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: meta('sample-pull-secret'),
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': '{"auths":{}}' },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: meta('sample-etcd-encryption-key'),
    // The same whenever it is asked for: a new one would be a rotation of the key.
    data: { key: createHash('sha256').update(objectStore.secretKey).digest('base64') },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: meta('trust'),
    data: { 'ca-bundle.crt': `${readFileSync(objectStore.authorityPath, 'utf8')}${authorities}` },
  },
];

/** The pool of workers. `config` names ConfigMaps with machine configurations. */
export const samplePool = ({ releases }: HostedSet, replicas: number, config: readonly string[] = []): object => ({
  apiVersion: hypershift,
  kind: 'NodePool',
  metadata: meta(WORKERS),
  spec: {
    clusterName: SAMPLE,
    replicas,
    release: { image: releases['4.21.0'] },
    platform: { type: 'None' },
    management: {
      upgradeType: 'Replace',
      autoRepair: false,
      replace: { strategy: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    },
    config: config.map((name) => ({ name })),
  },
});
