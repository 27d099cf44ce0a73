import { stringify } from 'yaml';
import type { KeyPair } from './pki.ts';

/** One cluster and one identity in it. */
export type Access = { name: string; server: string; authority: string; identity: KeyPair };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Writes a kubeconfig with everything embedded; each access becomes a context of its name, the first is current. */
export const kubeconfigOf = (accesses: readonly Access[]): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': accesses[0]?.name ?? '',
    clusters: accesses.map(({ name, server, authority }) => ({ name, cluster: { server, 'certificate-authority-data': base64(authority) } })),
    users: accesses.map(({ name, identity }) => ({
      name: `${name}-admin`,
      user: { 'client-certificate-data': base64(identity.certificate), 'client-key-data': base64(identity.key) },
    })),
    contexts: accesses.map(({ name }) => ({ name, context: { cluster: name, user: `${name}-admin` } })),
  });
