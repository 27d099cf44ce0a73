import type {
  ConfigMap as ConfigMapFields,
  Endpoints as EndpointsFields,
  LimitRange as LimitRangeFields,
  Namespace as NamespaceFields,
  Node as NodeFields,
  PersistentVolumeClaim as PersistentVolumeClaimFields,
  PersistentVolume as PersistentVolumeFields,
  Pod as PodFields,
  ResourceQuota as ResourceQuotaFields,
  Secret as SecretFields,
  ServiceAccount as ServiceAccountFields,
  Service as ServiceFields,
} from 'kubernetes-types/core/v1.d.ts';
import type { ObjectOf } from '../kind.ts';
import { inGroup } from './resource.ts';

const core = inGroup('', 'v1');

/** A namespace. */
export const Namespace = core.cluster<NamespaceFields>('Namespace', 'namespaces');
/** A namespace. */
export type Namespace = ObjectOf<typeof Namespace>;

/** A machine of the cluster. */
export const Node = core.cluster<NodeFields>('Node', 'nodes');
/** A machine of the cluster. */
export type Node = ObjectOf<typeof Node>;

/** A volume of the cluster. */
export const PersistentVolume = core.cluster<PersistentVolumeFields>('PersistentVolume', 'persistentvolumes');
/** A volume of the cluster. */
export type PersistentVolume = ObjectOf<typeof PersistentVolume>;

/** A claim to a volume. */
export const PersistentVolumeClaim = core.namespaced<PersistentVolumeClaimFields>('PersistentVolumeClaim', 'persistentvolumeclaims');
/** A claim to a volume. */
export type PersistentVolumeClaim = ObjectOf<typeof PersistentVolumeClaim>;

/** Containers that run together. */
export const Pod = core.namespaced<PodFields>('Pod', 'pods');
/** Containers that run together. */
export type Pod = ObjectOf<typeof Pod>;

/** An address for pods. */
export const Service = core.namespaced<ServiceFields>('Service', 'services');
/** An address for pods. */
export type Service = ObjectOf<typeof Service>;

/** The addresses behind a service. */
export const Endpoints = core.namespaced<EndpointsFields>('Endpoints', 'endpoints');
/** The addresses behind a service. */
export type Endpoints = ObjectOf<typeof Endpoints>;

/** Settings. */
export const ConfigMap = core.namespaced<ConfigMapFields>('ConfigMap', 'configmaps');
/** Settings. */
export type ConfigMap = ObjectOf<typeof ConfigMap>;

/** Settings that are secret; values are in base64. */
export const Secret = core.namespaced<SecretFields>('Secret', 'secrets');
/** Settings that are secret; values are in base64. */
export type Secret = ObjectOf<typeof Secret>;

/** An identity for pods. */
export const ServiceAccount = core.namespaced<ServiceAccountFields>('ServiceAccount', 'serviceaccounts');
/** An identity for pods. */
export type ServiceAccount = ObjectOf<typeof ServiceAccount>;

/** How much a namespace may use. */
export const ResourceQuota = core.namespaced<ResourceQuotaFields>('ResourceQuota', 'resourcequotas');
/** How much a namespace may use. */
export type ResourceQuota = ObjectOf<typeof ResourceQuota>;

/** Limits and defaults for pods of a namespace. */
export const LimitRange = core.namespaced<LimitRangeFields>('LimitRange', 'limitranges');
/** Limits and defaults for pods of a namespace. */
export type LimitRange = ObjectOf<typeof LimitRange>;
