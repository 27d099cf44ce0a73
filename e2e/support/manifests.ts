import { readFileSync } from 'node:fs';
import type { Kubectl } from '@godwit/example-shop';
import { parse } from 'yaml';
import type { LocalSet } from './local-set.ts';

const NAMESPACE = 'openshift-migration';
const deployed = (path: string) => new URL(`../../${path}`, import.meta.url).pathname;

type Cluster = { server: string; 'certificate-authority-data': string };
type Kubeconfig = { clusters: { name: string; cluster: Cluster }[]; contexts: { name: string; context: { cluster: string } }[] };

const clusterOf = (kubeconfig: string, context: string): Cluster => {
  const { clusters, contexts } = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
  const name = contexts.find((each) => each.name === context)?.context.cluster;
  const found = clusters.find((each) => each.name === name)?.cluster;
  if (found === undefined) throw new Error(`${kubeconfig} has no context ${context}`);
  return found;
};

const meta = (name: string) => ({ name, namespace: NAMESPACE });
const migration = (kind: string, name: string, spec: object) => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind,
  metadata: meta(name),
  spec,
});
const secret = (name: string, stringData: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: meta(name),
  type: 'Opaque',
  stringData,
});

/** Applies objects as a user would. */
export const apply = (kubectl: Kubectl, ...objects: object[]): Promise<string> =>
  kubectl.run(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));

/** Installs the CRDs and the namespace on a cluster. */
export const installApi = async (kubectl: Kubectl): Promise<void> => {
  await kubectl.run(['apply', '--server-side', '--force-conflicts', '-f', deployed('deploy/crds')]);
  await kubectl.run(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  await apply(kubectl, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
};

/** Makes the ServiceAccount that a MigCluster's token belongs to, as the product documents describe, and returns a token of it. */
const tokenFor = async (kubectl: Kubectl): Promise<string> => {
  const name = 'migration-controller';
  await apply(
    kubectl,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(name) },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', ...meta(name) }],
    },
  );
  return (await kubectl.run(['create', 'token', name, '-n', NAMESPACE, '--duration=24h'])).trim();
};

/** Applies MigClusters and MigStorage in the documented form: alpha is the source, beta the host. */
export const registerClusters = async (set: LocalSet): Promise<void> => {
  const { server, 'certificate-authority-data': caBundle } = clusterOf(set.kubeconfig, 'alpha');
  const { bucket, endpoint, accessKey, secretKey, authorityPath } = set.objectStore;
  const storage = {
    awsBucketName: bucket,
    awsRegion: 'us-east-1',
    awsS3Url: endpoint,
    s3CustomCABundle: readFileSync(authorityPath).toString('base64'),
    credsSecretRef: meta('replication-repository-credentials'),
  };
  await apply(
    set.beta,
    secret('source-cluster-token', { saToken: await tokenFor(set.alpha) }),
    secret('replication-repository-credentials', { 'aws-access-key-id': accessKey, 'aws-secret-access-key': secretKey }),
    migration('MigCluster', 'source-cluster', {
      isHostCluster: false,
      url: server,
      caBundle,
      serviceAccountSecretRef: meta('source-cluster-token'),
    }),
    migration('MigCluster', 'host', { isHostCluster: true }),
    migration('MigStorage', 'replication-repository', { backupStorageProvider: 'aws', backupStorageConfig: storage }),
  );
};

/** A plan that moves one namespace from alpha to beta. */
export const planFor = (name: string, namespace: string): object =>
  migration('MigPlan', name, {
    srcMigClusterRef: meta('source-cluster'),
    destMigClusterRef: meta('host'),
    migStorageRef: meta('replication-repository'),
    namespaces: [namespace],
  });

/** A run of a plan; a cutover unless the spec says otherwise. */
export const runOf = (plan: string, name: string, spec: object = { stage: false, quiescePods: true }): object =>
  migration('MigMigration', name, { migPlanRef: meta(plan), ...spec });
