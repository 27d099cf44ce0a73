import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from '@godwit/api';
import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import type { Component, Facts } from './component.ts';
import { deploymentOf, elects } from './deployment.ts';
import { httpProbe, imageOf, mount, probes, requests, secretVolume } from './pod.ts';

const NAME = components.clusterApi;
const HEALTH_PORT = 9440;
const CERTIFICATE = 'capi-webhooks-tls';
const CERTIFICATE_FOLDER = '/tmp/k8s-webhook-server/serving-certs';

/** Arguments of the manager. Machine pools are off: their API is not installed. Its webhooks are registered nowhere. */
const clusterApiArguments = (plane: ControlPlane): string[] => [
  `--namespace=${plane.namespace}`,
  `--leader-elect=${elects(plane)}`,
  `--health-addr=:${HEALTH_PORT}`,
  '--diagnostics-address=localhost:8080',
  '--insecure-diagnostics',
  `--webhook-cert-dir=${CERTIFICATE_FOLDER}`,
  '--feature-gates=MachinePool=false',
  '--skip-crd-migration-phases=StorageVersionMigration,CleanupManagedFields',
  '--v=2',
];

const EVERYTHING = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

const rules = [
  {
    apiGroups: ['cluster.x-k8s.io', 'addons.cluster.x-k8s.io', 'ipam.cluster.x-k8s.io', 'infrastructure.godwit.io'],
    resources: ['*'],
    verbs: EVERYTHING,
  },
  { apiGroups: ['hypershift.openshift.io'], resources: ['hostedcontrolplanes', 'hostedcontrolplanes/status'], verbs: EVERYTHING },
  { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['get', 'list', 'patch', 'update', 'watch'] },
  { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch', 'update'] },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: EVERYTHING },
];

/** What it reads outside of its namespace: which versions of kinds follow which contract. Secrets are not among it. */
const clusterRules = [
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
];

/** Name of the permissions outside of the namespace, which go with the control plane and not with the namespace. */
export const clusterApiRoleName = ({ namespace }: Pick<ControlPlane, 'namespace'>): string => `${namespace}-${NAME}`;

const accessOf = (plane: ControlPlane): Manifest[] => {
  const [here, everywhere] = [
    { component: NAME, name: NAME },
    { component: NAME, name: clusterApiRoleName(plane) },
  ];
  const apiGroup = 'rbac.authorization.k8s.io';
  const subjects = [{ kind: 'ServiceAccount', name: NAME, namespace: plane.namespace }];
  return [
    manifestOf(plane, ServiceAccount, here, {}),
    manifestOf(plane, Role, here, { rules }),
    manifestOf(plane, RoleBinding, here, { subjects, roleRef: { apiGroup, kind: 'Role', name: NAME } }),
    manifestOf(plane, ClusterRole, everywhere, { rules: clusterRules }),
    manifestOf(plane, ClusterRoleBinding, everywhere, { subjects, roleRef: { apiGroup, kind: 'ClusterRole', name: everywhere.name } }),
  ];
};

const manager = (plane: ControlPlane, { release }: Facts) => ({
  name: 'manager',
  image: imageOf(release, 'cluster-capi-controllers'),
  command: ['/usr/bin/cluster-api'],
  args: clusterApiArguments(plane),
  resources: requests(10, 64),
  ...probes({ ready: httpProbe('/readyz', HEALTH_PORT, 'HTTP'), alive: httpProbe('/healthz', HEALTH_PORT, 'HTTP') }),
  volumeMounts: [mount(CERTIFICATE, CERTIFICATE_FOLDER)],
});

/** The manager of machines: Cluster API's own, for this control plane alone. It needs no API server of the hosted cluster to start. */
export const clusterApi: Component = {
  name: NAME,
  kind: 'Deployment',
  dependsOn: [],
  consumes: () => [CERTIFICATE],
  manifests: (plane, facts) => [
    ...accessOf(plane),
    ...deploymentOf(plane, 'one-at-a-time', {
      component: NAME,
      containers: [manager(plane, facts)],
      volumes: [secretVolume(CERTIFICATE)],
      serviceAccount: NAME,
    }),
  ],
};
