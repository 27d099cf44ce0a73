import {
  ConfigMap,
  CronJob,
  DaemonSet,
  Deployment,
  Ingress,
  Job,
  labels,
  PART_OF,
  PersistentVolumeClaim,
  Secret,
  Service,
  StatefulSet,
} from '@godwit/api';
import { canonicalJson } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';

/** The kinds that make up an application; of these a destination namespace should hold none but the plan's own. */
export const applicationKinds: readonly Resource[] = [
  PersistentVolumeClaim,
  ConfigMap,
  Secret,
  Service,
  Deployment,
  StatefulSet,
  DaemonSet,
  CronJob,
  Job,
  Ingress,
] as readonly Resource[];

type Typed = KubeObject & { type?: string };

const PROVIDED_CONFIG_MAPS = ['kube-root-ca.crt', 'openshift-service-ca.crt'];
const PROVIDED_SECRETS = ['kubernetes.io/service-account-token', 'kubernetes.io/dockercfg'];

const isProvided = ({ kind, metadata, type }: Typed): boolean =>
  (kind === 'ConfigMap' && PROVIDED_CONFIG_MAPS.includes(metadata.name ?? '')) ||
  (kind === 'Secret' && PROVIDED_SECRETS.includes(type ?? '')) ||
  (kind === 'Service' && metadata.namespace === 'default' && metadata.name === 'kubernetes') ||
  (metadata.ownerReferences ?? []).some(({ controller }) => controller === true);

/** Whether an object of a destination namespace is neither the cluster's own nor made by this plan. */
export const isForeign = (object: Typed, planUid: string): boolean =>
  !isProvided(object) &&
  object.metadata.labels?.[labels.migratedByMigPlan] !== planUid &&
  object.metadata.labels?.[labels.partOf] !== PART_OF;

const SET_BY_SERVERS = new Set(['clusterIP', 'clusterIPs', 'nodePort', 'healthCheckNodePort', 'volumeName', 'loadBalancerIP']);

const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SET_BY_SERVERS.has(key))
      .map(([key, each]) => [key, comparable(each)]),
  );
};

const contentOf = ({ metadata: _metadata, status: _status, apiVersion: _version, ...content }: KubeObject & { status?: unknown }): string =>
  canonicalJson(comparable(content));

/** Whether an object of the destination stands in the way of one of the source. A claim always does: its files would be overwritten. */
export const clashes = (foreign: KubeObject, source: readonly KubeObject[]): boolean => {
  const namesake = source.find(({ kind, metadata }) => kind === foreign.kind && metadata.name === foreign.metadata.name);
  if (namesake === undefined) return false;
  return foreign.kind === 'PersistentVolumeClaim' || contentOf(namesake) !== contentOf(foreign);
};
