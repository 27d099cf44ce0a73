import type { KubeObject } from '@godwit/kube';
import { GR } from '../group-resource.ts';

/** An object that another object needs. */
export type Need = { resource: string; namespace?: string; name: string };

type Pod = KubeObject & {
  spec?: { priorityClassName?: string; volumes?: { persistentVolumeClaim?: { claimName?: string } }[] };
};
type Claim = KubeObject & { spec?: { volumeName?: string } };

const podNeeds = (object: KubeObject): Need[] => {
  const { metadata, spec } = object as Pod;
  const namespace = metadata.namespace ?? '';
  const claims = (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
  return [
    ...claims.map((name) => ({ resource: GR.claims, namespace, name })),
    ...(spec?.priorityClassName ? [{ resource: GR.priorityClasses, name: spec.priorityClassName }] : []),
  ];
};

const claimNeeds = (object: KubeObject): Need[] => {
  const name = (object as Claim).spec?.volumeName;
  return name ? [{ resource: GR.volumes, name }] : [];
};

/** What an object needs by name beside itself: claims and priority class of a pod, the volume of a claim. */
export const needsOf = (resource: string, object: KubeObject): Need[] => {
  if (resource === GR.pods) return podNeeds(object);
  return resource === GR.claims ? claimNeeds(object) : [];
};

type Binding = KubeObject & {
  subjects?: { kind: string; namespace?: string; name: string }[];
  roleRef?: { kind: string; name: string };
};

/** Whether a cluster role binding speaks of one of these service accounts (`namespace/name`). */
export const binds = (binding: KubeObject, accounts: ReadonlySet<string>): boolean =>
  ((binding as Binding).subjects ?? []).some(
    ({ kind, namespace, name }) => kind === 'ServiceAccount' && accounts.has(`${namespace}/${name}`),
  );

/** The cluster role that a binding grants. */
export const roleOf = (binding: KubeObject): Need[] => {
  const { roleRef } = binding as Binding;
  return roleRef?.kind === 'ClusterRole' ? [{ resource: GR.clusterRoles, name: roleRef.name }] : [];
};
