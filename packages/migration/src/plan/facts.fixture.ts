import type { MigCluster, MigPlan, PlanVolume } from '@godwit/api';
import type { BothClusters, PlanFacts, Referred } from './facts.ts';

const NAMESPACE = 'openshift-migration';

/** A plan to move namespace `shop` from cluster `source` to cluster `host`. */
export const aPlan = (spec: Partial<MigPlan['spec']> = {}, metadata: MigPlan['metadata'] = {}): MigPlan => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigPlan',
  metadata: { namespace: NAMESPACE, name: 'shop', uid: 'plan-uid', ...metadata },
  spec: {
    srcMigClusterRef: { namespace: NAMESPACE, name: 'source' },
    destMigClusterRef: { namespace: NAMESPACE, name: 'host' },
    migStorageRef: { namespace: NAMESPACE, name: 'store' },
    namespaces: ['shop'],
    ...spec,
  },
});

/** A reference that leads to a MigCluster. */
export const aCluster = (
  name: string,
  more: { ready?: boolean; url?: string; status?: MigCluster['status'] } = {},
): Referred<MigCluster> => ({
  state: 'found',
  ready: more.ready ?? true,
  object: {
    apiVersion: 'migration.openshift.io/v1alpha1',
    kind: 'MigCluster',
    metadata: { namespace: NAMESPACE, name },
    spec: { isHostCluster: name === 'host', ...(more.url === undefined ? {} : { url: more.url }) },
    ...(more.status === undefined ? {} : { status: more.status }),
  },
});

/** Both clusters in order: namespace `shop` is on the source only. */
export const bothClusters = (
  more: {
    same?: boolean;
    source?: Partial<BothClusters['source']>;
    destination?: Partial<BothClusters['destination']>;
    incompatible?: BothClusters['incompatible'];
  } = {},
): BothClusters => ({
  same: more.same ?? false,
  incompatible: more.incompatible ?? [],
  source: {
    existing: [{ name: 'shop', annotations: {} }],
    pods: [],
    unboundClaims: [],
    storageClasses: [],
    hasImageStreams: false,
    kubeVirts: [],
    servedKinds: new Set(['apps/Deployment']),
    servesVelero: true,
    ...more.source,
  },
  destination: { existing: [], foreign: [], storageClasses: [], servesVelero: true, clusterSubdomain: undefined, ...more.destination },
});

/** Facts of a plan that nothing is wrong with. */
export const planFacts = (more: Partial<PlanFacts> = {}): PlanFacts => ({
  plan: aPlan(),
  settings: {
    namespace: NAMESPACE,
    transferImage: undefined,
    excludedResources: [],
    namespaceLimit: 10,
    podLimit: 100,
    volumeLimit: 100,
    moveStorageClasses: [],
  },
  intraCluster: false,
  type: 'NamespaceMigrationPlan',
  source: aCluster('source'),
  destination: aCluster('host'),
  storage: { state: 'found', ready: true, object: { metadata: { namespace: NAMESPACE, name: 'store' } } },
  hooks: [],
  others: [],
  migrations: [],
  hostOperatorVersion: undefined,
  clusters: bothClusters(),
  ...more,
});

/** A volume of a plan that is to be copied to class `standard`. */
export const aVolume = (name: string, selection: PlanVolume['selection'] = {}, pvc: PlanVolume['pvc'] = {}): PlanVolume => ({
  name,
  capacity: '1Gi',
  storageClass: 'standard',
  supported: { actions: ['skip', 'copy'], copyMethods: ['filesystem', 'block', 'snapshot'] },
  selection: { action: 'copy', copyMethod: 'filesystem', storageClass: 'standard', ...selection },
  pvc: { namespace: 'shop', name: `claim-of-${name}`, accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem', ...pvc },
});
