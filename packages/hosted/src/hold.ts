import type { KubeObject } from '@godwit/kube';

/** What of a hosted cluster must rest although the cluster itself is reconciled: a comma list, on HostedCluster and HostedControlPlane. */
export const HOLD = 'godwit.io/hold';

/** What can be held: the name of a component of the control plane, its names in DNS, or what acts on machines. */
export type Held = 'kube-apiserver' | 'dns' | 'machines';

/** What an object says must rest. */
export const heldIn = ({ metadata }: Pick<KubeObject, 'metadata'>): ReadonlySet<string> =>
  new Set((metadata.annotations?.[HOLD] ?? '').split(',').filter(Boolean));

/** The annotation's value for these; null takes it away, as a merge patch needs it. */
export const holdText = (...held: readonly Held[]): string | null => (held.length === 0 ? null : held.join(','));
