import { readFileSync } from 'node:fs';
import type { Kubectl } from '@godwit/example-shop';
import { stringify } from 'yaml';
import { apply } from '../manifests.ts';
import { until } from '../until.ts';
import { platformImage } from './releases.ts';
import type { UpgradeSet } from './upgrade-set.ts';

/** Namespace of the workload that an upgrade must not lose. */
const APP = 'app';
/** Namespace of backups and restores, as upstream has it. */
export const OADP = 'openshift-adp';
/** Namespace of the agent. */
export const AGENT = 'openshift-lifecycle-agent';

/** What the administrator gives the upgrade along. */
export const CONTENT = { oadp: 'oadp-cm', manifests: 'extra-manifests-cm' } as const;

const KEEPS_COUNTING =
  'n=$(tail -n 1 /data/count 2>/dev/null || echo 0); while :; do n=$((n + 1)); echo "$n" >> /data/count; sleep 1; done';

const workload: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: APP } },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: APP },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'retain', resources: { requests: { storage: '1Gi' } } },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'password', namespace: APP }, stringData: { password: 'correct horse' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'counter', namespace: APP },
    spec: {
      strategy: { type: 'Recreate' },
      selector: { matchLabels: { app: 'counter' } },
      template: {
        metadata: { labels: { app: 'counter' } },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            {
              name: 'counter',
              image: platformImage('4.20.1'),
              command: ['sh', '-c', KEEPS_COUNTING],
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
        },
      },
    },
  },
];

/** A Backup or Restore as a ConfigMap carries it, with its place in the order. */
export const velero = (kind: string, name: string, wave: number, spec: object): object => ({
  apiVersion: 'velero.io/v1',
  kind,
  metadata: { name, namespace: OADP, annotations: { 'lca.openshift.io/apply-wave': String(wave) } },
  spec,
});

/** Objects as one YAML text. */
export const documents = (...objects: object[]): string => objects.map((each) => stringify(each)).join('---\n');

/** A ConfigMap. */
export const configMap = (name: string, namespace: string, data: Record<string, string>): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

const backups = documents(
  velero('Backup', 'apache-app', 1, { includedNamespaces: [APP], storageLocation: 'dataprotectionapplication-1' }),
  velero('Restore', 'apache-app', 1, { backupName: 'apache-app', restorePVs: true }),
);

const extra = documents(
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'extra', annotations: { 'lca.openshift.io/apply-wave': '1' } } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'site', namespace: 'extra', annotations: { 'lca.openshift.io/apply-wave': '2' } },
    data: { site: 'edge' },
  },
);

const storage = ({ objectStore, authorityPath }: UpgradeSet): object[] => [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cloud-credentials', namespace: OADP },
    stringData: { cloud: `[default]\naws_access_key_id=${objectStore.accessKey}\naws_secret_access_key=${objectStore.secretKey}\n` },
  },
  {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: { name: 'dataprotectionapplication-1', namespace: OADP },
    spec: {
      provider: 'aws',
      default: true,
      objectStorage: { bucket: objectStore.bucket, prefix: 'edge', caCert: readFileSync(authorityPath).toString('base64') },
      config: { region: 'us-east-1', s3Url: objectStore.endpoint, s3ForcePathStyle: 'true' },
      credential: { name: 'cloud-credentials', key: 'cloud' },
    },
  },
];

/** Waits until the workload runs; says how its pods and volumes are when it does not. */
const untilItRuns = async (kubectl: Kubectl): Promise<void> => {
  try {
    await kubectl.run(['rollout', 'status', 'deployment/counter', '-n', APP, '--timeout=120s']);
  } catch (error) {
    const pods = await kubectl.run(['describe', 'pods,persistentvolumeclaims', '-n', APP]);
    const rest = await kubectl.run(['get', 'persistentvolumes,nodes,leases', '-A', '-o', 'wide']);
    throw new Error(`the workload does not run:\n${pods}\n${rest}`, { cause: error });
  }
};

/** Deploys the workload, where its backups go, and what the upgrade refers to. */
export const furnishNode = async (kubectl: Kubectl, set: UpgradeSet): Promise<void> => {
  await apply(kubectl, ...workload);
  await apply(
    kubectl,
    ...storage(set),
    configMap(CONTENT.oadp, OADP, { 'app.yaml': backups }),
    configMap(CONTENT.manifests, AGENT, { 'extra.yaml': extra }),
  );
  await untilItRuns(kubectl);
  await until('the backup location to be available', 120, async () => {
    const phase = await kubectl.run(['get', 'bsl', 'dataprotectionapplication-1', '-n', OADP, '-o', 'jsonpath={.status.phase}']);
    return phase === 'Available' ? phase : undefined;
  });
};

/** The number that the workload has counted to, on its volume. */
export const countOf = async (kubectl: Kubectl): Promise<number> => {
  await untilItRuns(kubectl);
  return Number(await kubectl.run(['exec', '-n', APP, 'deployment/counter', '--', 'tail', '-n', '1', '/data/count']));
};

/** Whether the workload has ever counted anew: its numbers must be 1, 2, 3, … */
export const hasCountedOn = async (kubectl: Kubectl): Promise<boolean> =>
  (await kubectl.run(['exec', '-n', APP, 'deployment/counter', '--', 'sh', '-c', "awk '$1 != NR { print }' /data/count | head -n 1"])) ===
  '';
