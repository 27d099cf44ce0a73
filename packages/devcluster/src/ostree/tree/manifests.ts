import type { Manifest } from '../../addons/apply.ts';
import { dnsManifests } from '../../addons/dns.ts';
import { storageClasses } from '../../addons/storage-classes.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** Lets the controller manager sign the renewed client certificates that nodes ask for. */
const renewal = {
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name: 'godwit:node-certificate-renewal' },
  roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient' },
  subjects: [{ apiGroup: RBAC, kind: 'Group', name: 'system:nodes' }],
};

const configMap = (name: string, data: Readonly<Record<string, string>>): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'kube-system' },
  data,
});

const listOf = (objects: readonly object[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 1);

const objectsOf = (manifests: readonly Manifest[]): object[] => manifests.map(({ object }) => object);

/** The objects that a release brings into its cluster at each boot, by file name; @NAME@ stands for a variable of the identity. */
export const manifestTexts = (version: string): Record<string, string> => ({
  '10-storage.json': listOf(objectsOf(storageClasses)),
  '20-dns.json': listOf(objectsOf(dnsManifests({ address: '@NODE_IP@' }))),
  '30-nodes.json': listOf([renewal]),
  '40-identity.json': listOf([
    configMap('cluster-identity', { name: '@CLUSTER_NAME@', baseDomain: '@BASE_DOMAIN@', id: '@CLUSTER_ID@', node: '@NODE_NAME@' }),
  ]),
  '50-release.json': listOf([configMap('godwit-release', { version })]),
});
