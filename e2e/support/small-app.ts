import { SHOP_IMAGE } from '@godwit/devcluster';
import type { Kubectl } from '@godwit/example-shop';
import { apply } from './manifests.ts';

const SEED = `
set -e
cd /data
if [ -e .seeded ]; then exit 0; fi
mkdir -p catalogue
for number in $(seq 1 20); do printf 'article %s\\n' "$number" >"catalogue/article-$number.txt"; done
ln -s catalogue/article-1.txt newest
head -c "$MEGABYTES"M /dev/urandom >stock.bin
: >.seeded
`;

const LIST = `cd /data && find . -type f -print0 | sort -z | xargs -0 sha256sum && find . -printf '%P %y %m %U:%G %T@ %l\\n' | sort`;

const labelled = { app: 'small' };
const mounted = { image: SHOP_IMAGE, volumeMounts: [{ name: 'data', mountPath: '/data' }] };

const manifests = (namespace: string, megabytes: number): object[] => {
  const inside = (apiVersion: string, kind: string, name: string, body: object) => ({
    apiVersion,
    kind,
    metadata: { name, namespace, labels: labelled },
    ...body,
  });
  const pod = {
    terminationGracePeriodSeconds: 1,
    initContainers: [{ ...mounted, name: 'seed', command: ['bash', '-c', SEED], env: [{ name: 'MEGABYTES', value: String(megabytes) }] }],
    containers: [{ ...mounted, name: 'small', command: ['bash', '-c', 'trap exit TERM; sleep infinity & wait'] }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
  };
  return [
    // The label lets volumes be copied with the owners of their files, which takes root.
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } },
    inside('v1', 'ConfigMap', 'settings', { data: { colour: 'blue' } }),
    inside('v1', 'PersistentVolumeClaim', 'data', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Mi' } } },
    }),
    inside('apps/v1', 'Deployment', 'small', {
      spec: { replicas: 1, selector: { matchLabels: labelled }, template: { metadata: { labels: labelled }, spec: pod } },
    }),
  ];
};

/** Creates an application of one Deployment with one volume of 22 files in a namespace of its own, without waiting for it. */
export const deploySmallApp = (kubectl: Kubectl, namespace: string, { megabytes = 1 } = {}): Promise<string> =>
  apply(kubectl, ...manifests(namespace, megabytes));

/** Waits until the application runs. */
export const smallAppReady = (kubectl: Kubectl, namespace: string): Promise<string> =>
  kubectl.run(['rollout', 'status', 'deployment/small', '-n', namespace, '--timeout=120s']);

/** Every file of the application with its checksum, mode, owner, time and link target, as text; the application must be running. */
export const smallAppFiles = (kubectl: Kubectl, namespace: string): Promise<string> =>
  kubectl.run(['exec', 'deployment/small', '-n', namespace, '--', 'bash', '-c', LIST]);
