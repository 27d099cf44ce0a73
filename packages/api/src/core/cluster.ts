import type { CustomResourceDefinition as CustomResourceDefinitionFields } from 'kubernetes-types/apiextensions/v1.d.ts';
import type { Lease as LeaseFields } from 'kubernetes-types/coordination/v1.d.ts';
import type { EndpointSlice as EndpointSliceFields } from 'kubernetes-types/discovery/v1.d.ts';
import type { Event as EventFields } from 'kubernetes-types/events/v1.d.ts';
import type { Ingress as IngressFields, NetworkPolicy as NetworkPolicyFields } from 'kubernetes-types/networking/v1.d.ts';
import type { PriorityClass as PriorityClassFields } from 'kubernetes-types/scheduling/v1.d.ts';
import type { StorageClass as StorageClassFields } from 'kubernetes-types/storage/v1.d.ts';
import type { ObjectOf } from '../kind.ts';
import { inGroup } from './resource.ts';

/** A sort of volume that a cluster offers. */
export const StorageClass = inGroup('storage.k8s.io', 'v1').cluster<StorageClassFields>('StorageClass', 'storageclasses');
/** A sort of volume that a cluster offers. */
export type StorageClass = ObjectOf<typeof StorageClass>;

const networking = inGroup('networking.k8s.io', 'v1');

/** Which pods may talk to which. */
export const NetworkPolicy = networking.namespaced<NetworkPolicyFields>('NetworkPolicy', 'networkpolicies');
/** Which pods may talk to which. */
export type NetworkPolicy = ObjectOf<typeof NetworkPolicy>;

/** An address for services seen from outside. */
export const Ingress = networking.namespaced<IngressFields>('Ingress', 'ingresses');
/** An address for services seen from outside. */
export type Ingress = ObjectOf<typeof Ingress>;

/** Some of the addresses behind a service. */
export const EndpointSlice = inGroup('discovery.k8s.io', 'v1').namespaced<EndpointSliceFields>('EndpointSlice', 'endpointslices');
/** Some of the addresses behind a service. */
export type EndpointSlice = ObjectOf<typeof EndpointSlice>;

/** How important pods are. */
export const PriorityClass = inGroup('scheduling.k8s.io', 'v1').cluster<PriorityClassFields>('PriorityClass', 'priorityclasses');
/** How important pods are. */
export type PriorityClass = ObjectOf<typeof PriorityClass>;

/** Who leads, and until when. */
export const Lease = inGroup('coordination.k8s.io', 'v1').namespaced<LeaseFields>('Lease', 'leases');
/** Who leads, and until when. */
export type Lease = ObjectOf<typeof Lease>;

/** Something that happened to an object. */
export const Event = inGroup('events.k8s.io', 'v1').namespaced<EventFields>('Event', 'events');
/** Something that happened to an object. */
export type Event = ObjectOf<typeof Event>;

/** Makes the API server serve a further kind. */
export const CustomResourceDefinition = inGroup('apiextensions.k8s.io', 'v1').cluster<CustomResourceDefinitionFields>(
  'CustomResourceDefinition',
  'customresourcedefinitions',
);
/** Makes the API server serve a further kind. */
export type CustomResourceDefinition = ObjectOf<typeof CustomResourceDefinition>;
