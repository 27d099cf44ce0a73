import { SHOP_IMAGE } from '@godwit/devcluster';
import { claim } from './volumes.ts';

const LABELS = { app: 'small' };
/** Name of the claim of the application with a volume. */
export const VOLUME = 'files';
/** 100 MB in 324 files, as in the run of the upstream tools that the figures come from. */
export const FILL_VOLUME =
  'head -c 32M /dev/urandom > large; head -c 16M /dev/urandom > medium; for at in {1..322}; do head -c 172000 /dev/urandom > file-$at; done';

const deployment = (namespace: string, withVolume: boolean): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name: 'small', labels: LABELS },
  spec: {
    replicas: 1,
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: {
        containers: [
          {
            name: 'main',
            image: SHOP_IMAGE,
            imagePullPolicy: 'Never',
            // A process that ends when it is told to, as a well-behaved application does.
            command: ['/bin/sh', '-c', 'trap "exit 0" TERM; sleep infinity & wait'],
            envFrom: [{ configMapRef: { name: 'small' } }, { secretRef: { name: 'small' } }],
            ...(withVolume ? { volumeMounts: [{ name: VOLUME, mountPath: '/files' }] } : {}),
          },
        ],
        ...(withVolume ? { volumes: [{ name: VOLUME, persistentVolumeClaim: { claimName: VOLUME } }] } : {}),
      },
    },
  },
});

/** A small application: Deployment, Service, ConfigMap, Secret, and a claim where a volume is wanted. */
export const smallApplication = (namespace: string, withVolume: boolean): object[] => {
  const metadata = { namespace, name: 'small', labels: LABELS };
  return [
    ...(withVolume ? [claim(namespace, VOLUME, '256Mi')] : []),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { GREETING: 'hello' } },
    { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { PASSWORD: 'only for a benchmark' } },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: LABELS, ports: [{ port: 8080 }] } },
    deployment(namespace, withVolume),
  ];
};
