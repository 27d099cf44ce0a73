/** The authorities of a control plane: a Secret of this name each, with `ca.crt` and `ca.key`, for ten years. */
export const AUTHORITIES = [
  'root-ca',
  'etcd-signer',
  'kas-aggregator-client-signer',
  'kube-control-plane-signer',
  'kube-apiserver-to-kubelet-signer',
  'system-admin-signer',
  'kube-csr-signer',
  'konnectivity-signer',
] as const;

/** Name of an authority, and of its Secret. */
export type AuthorityName = (typeof AUTHORITIES)[number];

/** Keys of an authority's Secret. */
export const AUTHORITY_KEYS = { certificate: 'ca.crt', key: 'ca.key' } as const;

/** Days that an authority holds. */
export const AUTHORITY_DAYS = 3650;

/** What clients of a control plane trust, and whom it trusts: ConfigMaps whose `ca.crt` holds the certificates of these authorities. */
export const BUNDLES: Readonly<Record<string, readonly AuthorityName[]>> = {
  'root-ca': ['root-ca'],
  'etcd-ca': ['etcd-signer'],
  'client-ca': ['system-admin-signer', 'kube-control-plane-signer', 'kube-csr-signer'],
  'kubelet-client-ca': ['kube-apiserver-to-kubelet-signer'],
  'kubelet-serving-ca': ['kube-csr-signer'],
  'aggregator-client-ca': ['kas-aggregator-client-signer'],
  'konnectivity-ca-bundle': ['konnectivity-signer'],
};
