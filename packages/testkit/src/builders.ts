import { type Deployment, type MigMigration, type MigPlan, NAMESPACE } from '@godwit/api';

/** Namespace and name out of `shop/web`. */
const named = (key: string): { namespace: string; name: string } => {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
};

/** A Deployment that an API server accepts: `aDeployment('shop/web', { replicas: 3 })`. */
export const aDeployment = (
  key: string,
  { replicas = 1, image = 'registry.example/web:1' }: { replicas?: number; image?: string } = {},
): Deployment => {
  const { namespace, name } = named(key);
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
    },
  } as Deployment;
};

/** A plan from cluster `source` to cluster `host` with storage `store`; `changes` go over its spec. */
export const aMigPlan = ({
  name = 'shop',
  namespace = NAMESPACE,
  namespaces = ['shop'],
  ...changes
}: { name?: string; namespace?: string; namespaces?: string[] } & Partial<MigPlan['spec']> = {}): MigPlan => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigPlan',
  metadata: { namespace, name },
  spec: {
    srcMigClusterRef: { namespace, name: 'source' },
    destMigClusterRef: { namespace, name: 'host' },
    migStorageRef: { namespace, name: 'store' },
    namespaces,
    ...changes,
  } as MigPlan['spec'],
});

/** A run of plan `shop`, by default a full migration that leaves the source applications awake; `changes` go over its spec. */
export const aMigMigration = ({
  name = 'shop-1',
  namespace = NAMESPACE,
  plan = 'shop',
  ...changes
}: { name?: string; namespace?: string; plan?: string } & Partial<MigMigration['spec']> = {}): MigMigration => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { namespace, name },
  spec: { migPlanRef: { namespace, name: plan }, stage: false, ...changes },
});
