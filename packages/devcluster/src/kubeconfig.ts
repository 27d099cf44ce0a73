import type { KeyPair } from '@godwit/controller';
import { stringify } from 'yaml';

/** One cluster and one identity in it. */
export type Access = { name: string; server: string; authority: string; identity: KeyPair };

/** A kubeconfig as read from YAML, as far as joining needs it. */
export type Kubeconfig = { 'current-context'?: string; clusters: object[]; users: object[]; contexts: object[] };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Joins kubeconfigs that have no names in common; the first one's context is current. */
export const mergeKubeconfigs = (parts: readonly Kubeconfig[]): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': parts[0]?.['current-context'] ?? '',
    clusters: parts.flatMap(({ clusters }) => clusters),
    users: parts.flatMap(({ users }) => users),
    contexts: parts.flatMap(({ contexts }) => contexts),
  });

/** Writes the kubeconfig of one access, with everything embedded; its context bears the access's name. */
export const kubeconfigOf = ({ name, server, authority, identity }: Access): string =>
  mergeKubeconfigs([
    {
      'current-context': name,
      clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
      users: [
        {
          name: `${name}-admin`,
          user: { 'client-certificate-data': base64(identity.certificate), 'client-key-data': base64(identity.key) },
        },
      ],
      contexts: [{ name, context: { cluster: name, user: `${name}-admin` } }],
    },
  ]);
