import { readFileSync } from 'node:fs';
import { annotations, type HCPEtcdBackup, HostedControlPlane, Secret, StatefulSet } from '@godwit/api';
import { systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { openStore, type StoreAccess } from '@godwit/objectstore';
import type { BackupWorld } from '../src/etcd/backup/run-backup.ts';

type Minio = { endpoint: string; bucket: string; accessKey: string; secretKey: string; authorityPath: string };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A world with real parts: an API server and an object store. */
export const backupWorld = (management: Client, namespace: string): BackupWorld => ({
  clock: systemClock,
  management,
  settings: { namespace },
  openStore,
});

/** How the tests themselves reach the store. */
export const accessTo = (minio: Minio): StoreAccess => ({
  kind: 's3',
  bucket: minio.bucket,
  prefix: '',
  region: 'us-east-1',
  endpoint: minio.endpoint,
  forcePathStyle: true,
  accessKeyId: minio.accessKey,
  secretAccessKey: minio.secretKey,
  caBundle: readFileSync(minio.authorityPath, 'utf8'),
  insecure: false,
});

/** Makes the Secret `store` of the credentials in the namespace that plays the operator's. */
export const makeCredentials = async (client: Client, namespace: string, minio: Minio): Promise<void> => {
  const metadata = { namespace, name: 'store' };
  const data = {
    credentials: base64(`[default]\naws_access_key_id = ${minio.accessKey}\naws_secret_access_key = ${minio.secretKey}\n`),
    endpoint: base64(minio.endpoint),
    'force-path-style': base64('true'),
    'ca-bundle.crt': base64(readFileSync(minio.authorityPath, 'utf8')),
  };
  await client.apply(Secret, { apiVersion: 'v1', kind: 'Secret', metadata, data }, { fieldManager: 'test' });
};

/** A control plane whose etcd has this many ready members, as objects only. */
export const makePlane = async (client: Client, namespace: string, hostedCluster: string, ready: number): Promise<void> => {
  await client.create(HostedControlPlane, {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedControlPlane',
    metadata: { namespace, name: 'demo', annotations: { [annotations.hostedCluster]: hostedCluster } },
    spec: {
      releaseImage: 'registry.example/release:4.21.0',
      infraID: 'demo-x1',
      clusterID: '00000000-0000-4000-8000-000000000001',
      pullSecret: { name: 'pull-secret' },
      sshKey: { name: 'ssh-key' },
      platform: { type: 'None' },
      dns: { baseDomain: 'example.test' },
      services: [],
      networking: { clusterNetwork: [{ cidr: '10.132.0.0/14' }], serviceNetwork: [{ cidr: '172.31.0.0/16' }] },
      etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume' } } },
      issuerURL: 'https://issuer.example',
    } as unknown as HostedControlPlane['spec'],
  });
  const labels = { app: 'etcd' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'etcd', image: 'etcd' }] } };
  await client.create(StatefulSet, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace, name: 'etcd' },
    spec: { serviceName: 'etcd-discovery', replicas: 1, selector: { matchLabels: labels }, template },
  });
  await setReady(client, namespace, ready);
};

/** Says how many members are ready. */
export const setReady = async (client: Client, namespace: string, readyReplicas: number): Promise<void> => {
  await client.patch(StatefulSet, { namespace, name: 'etcd' }, { status: { replicas: 1, readyReplicas } }, { subresource: 'status' });
};

/** A backup into the bucket. */
export const aBackup = (namespace: string, name: string, bucket: string, credentials = 'store'): HCPEtcdBackup => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'HCPEtcdBackup',
  metadata: { namespace, name },
  spec: {
    storage: {
      storageType: 'S3',
      s3: { bucket, region: 'us-east-1', keyPrefix: `backups/${namespace}`, credentials: { name: credentials } },
    },
  },
});
