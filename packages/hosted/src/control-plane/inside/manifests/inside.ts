import { apiVersionOf, type KubeObject, type Resource } from '@godwit/kube';
import type { Release } from '../../../release/release.ts';
import type { ControlPlane } from '../../control-plane.ts';
import type { Manifest } from '../../manifest.ts';
import type { Endpoint } from '../../pki/kubeconfigs.ts';
import type { TextData } from '../../pki/secret-data.ts';

/** What the objects inside of a hosted cluster are built from. */
export type InsideFacts = {
  release: Release;
  /** Where agents on the nodes find the konnectivity server; undefined: it is not published. */
  konnectivity: Endpoint | undefined;
  /** The agents' certificate, with its authority under `ca.crt`. */
  agent: TextData;
};

/** Namespace of what runs on the nodes for the control plane. */
export const SYSTEM = 'kube-system';

/** The label that what Godwit writes into a hosted cluster carries. */
const MANAGED = 'app.kubernetes.io/managed-by';
const GODWIT = 'godwit';

/** Which objects of a kind in a hosted cluster are Godwit's. */
export const ours = ({ scope }: Resource): { namespace?: string; labelSelector: string } => ({
  ...(scope === 'Namespaced' ? { namespace: SYSTEM } : {}),
  labelSelector: `${MANAGED}=${GODWIT}`,
});

/** Builds an object inside of a hosted cluster; namespaced ones lie in kube-system. */
export const insideObject = (
  resource: Resource,
  name: string,
  body: Record<string, unknown>,
  labels: Record<string, string> = {},
): Manifest => ({
  resource,
  object: {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { name, ...(resource.scope === 'Namespaced' ? { namespace: SYSTEM } : {}), labels: { [MANAGED]: GODWIT, ...labels } },
    ...body,
  } as KubeObject,
});

/** Lets nothing keep a pod from its node. */
export const EVERYWHERE = [{ operator: 'Exists' }];

/** Where pods that cannot rely on Services find the API: the address that each node has for itself. */
export const localApi = ({ advertiseAddress, port }: ControlPlane): Endpoint => ({ host: advertiseAddress, port });
