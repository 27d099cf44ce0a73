import type { HostedCluster } from '@godwit/api';
import { copies } from '../../names.ts';
import { configurationReferences } from './configuration-references.ts';

/** A Secret or ConfigMap that a HostedCluster refers to, in its own namespace. */
export type Reference = {
  /** Where the spec says so, for instance `spec.pullSecret`. */
  path: string;
  kind: 'Secret' | 'ConfigMap';
  name: string;
  /** Keys that it must have. */
  keys: readonly string[];
  /** Its name beside the control plane. */
  copy: string;
};

/** What a reference is for; each use has a phase of its own. */
export type Use = 'pullSecret' | 'sshKey' | 'trustBundle' | 'encryption' | 'auditWebhook' | 'signingKey' | 'etcd' | 'configuration';

/** The Secret that signs service account tokens beside the control plane. */
export const SIGNING_KEY = 'sa-signing-key';

const one = (path: string, kind: Reference['kind'], name: string | undefined, keys: readonly string[], copy?: string): Reference[] =>
  name ? [{ path, kind, name, keys, copy: copy ?? name }] : [];

const encryptionKeys = ({ secretEncryption: { aescbc } = { type: 'aescbc' } }: HostedCluster['spec']): Reference[] => [
  ...one('spec.secretEncryption.aescbc.activeKey', 'Secret', aescbc?.activeKey.name, ['key']),
  ...one('spec.secretEncryption.aescbc.backupKey', 'Secret', aescbc?.backupKey?.name, ['key']),
];

const ETCD_KEYS = ['etcd-client-ca.crt', 'etcd-client.crt', 'etcd-client.key'];

/** Everything that a HostedCluster refers to, found by its fields and never by names. Pure. */
export const referencesOf = (spec: HostedCluster['spec']): Record<Use, readonly Reference[]> => ({
  pullSecret: one('spec.pullSecret', 'Secret', spec.pullSecret.name, ['.dockerconfigjson'], copies.pullSecret),
  sshKey: one('spec.sshKey', 'Secret', spec.sshKey?.name, ['id_rsa.pub'], copies.sshKey),
  trustBundle: one('spec.additionalTrustBundle', 'ConfigMap', spec.additionalTrustBundle?.name, ['ca-bundle.crt'], copies.trustBundle),
  encryption: encryptionKeys(spec),
  auditWebhook: one('spec.auditWebhook', 'Secret', spec.auditWebhook?.name, ['webhook-kubeconfig']),
  signingKey: one('spec.serviceAccountSigningKey', 'Secret', spec.serviceAccountSigningKey?.name, ['key'], SIGNING_KEY),
  etcd: one('spec.etcd.unmanaged.tls.clientSecret', 'Secret', spec.etcd.unmanaged?.tls.clientSecret.name, ETCD_KEYS),
  configuration: configurationReferences(spec.configuration),
});

/** The same as one list, each object once. */
export const allReferencesOf = (spec: HostedCluster['spec']): readonly Reference[] => {
  const all = Object.values(referencesOf(spec)).flat();
  return all.filter(({ kind, name }, index) => all.findIndex((each) => each.kind === kind && each.name === name) === index);
};
