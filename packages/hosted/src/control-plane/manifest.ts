import type { Effect } from '@godwit/controller';
import type { KubeObject, ObjectMeta, Resource } from '@godwit/kube';
import { apiVersionOf } from '@godwit/kube';
import type { ControlPlane } from './control-plane.ts';

/** An object that a control plane consists of, with the resource under which it is written. */
export type Manifest = { resource: Resource; object: KubeObject };

/** The label that says which component an object belongs to. */
export const COMPONENT_LABEL = 'hypershift.openshift.io/control-plane-component';

/** Builds an object of a control plane: in its namespace, owned by it, labelled with its component. */
export const manifestOf = (
  plane: ControlPlane,
  resource: Resource,
  { component, name, metadata = {} }: { component: string; name: string; metadata?: Pick<ObjectMeta, 'labels' | 'annotations'> },
  body: Record<string, unknown>,
): Manifest => ({
  resource,
  object: {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      name,
      ...(resource.scope === 'Namespaced' ? { namespace: plane.namespace, ownerReferences: [plane.owner] } : {}),
      labels: { [COMPONENT_LABEL]: component, ...metadata.labels },
      ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
    },
    ...body,
  },
});

/** The role that effects name the management cluster by. */
export const MANAGEMENT = 'management';

/** The effect that writes a manifest. */
export const applying = ({ resource, object }: Manifest, on: string = MANAGEMENT): Effect => ({ do: 'apply', on, resource, object });
