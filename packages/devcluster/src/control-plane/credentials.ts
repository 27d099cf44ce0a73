import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from '@godwit/controller';
import { DNS_USER } from '../addons/dns.ts';
import { type Access, kubeconfigOf } from '../kubeconfig.ts';
import { LOAD_BALANCER_USER } from '../load-balancer/manifests.ts';
import { createAuthority, createTokenKeys, issue, type Subject } from '../pki.ts';
import { apiServerNames } from './api-server.ts';

/** Whom the clients of a cluster say they are; each gets a kubeconfig of its name. */
export const clientSubjects = (nodeName?: string): Record<string, Subject> => ({
  admin: { commonName: 'kubernetes-admin', groups: ['system:masters'] },
  'kube-controller-manager': { commonName: 'system:kube-controller-manager' },
  ...(nodeName === undefined
    ? {}
    : {
        'kube-scheduler': { commonName: 'system:kube-scheduler' },
        'kube-proxy': { commonName: 'system:kube-proxy' },
        coredns: { commonName: DNS_USER },
        'load-balancer': { commonName: LOAD_BALANCER_USER },
        kubelet: { commonName: `system:node:${nodeName}`, groups: ['system:nodes'] },
      }),
});

const store = (folder: string, name: string, text: string): void => writeFileSync(join(folder, name), text, { mode: 0o600 });

const storePair = (folder: string, name: string, pair: KeyPair): void => {
  store(folder, `${name}.crt`, pair.certificate);
  store(folder, `${name}.key`, pair.key);
};

/** What a new cluster's certificates are made for. */
export type CredentialRequest = {
  folder: string;
  cluster: string;
  server: string;
  addresses: readonly string[];
  nodeName?: string | undefined;
};

/** Makes a cluster's own authority, certificates, token keys and kubeconfigs below its folder (`pki/`, `kubeconfigs/`); returns the administrator's access. */
export const createCredentials = async ({ folder, cluster, server, addresses, nodeName }: CredentialRequest): Promise<Access> => {
  const [pki, kubeconfigs] = [join(folder, 'pki'), join(folder, 'kubeconfigs')];
  for (const each of [pki, kubeconfigs]) mkdirSync(each, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(`godwit-dev ${cluster}`);
  storePair(pki, 'ca', authority);
  storePair(pki, 'apiserver', await issue(authority, { commonName: 'kube-apiserver', names: apiServerNames(addresses) }));
  if (nodeName !== undefined) storePair(pki, 'kubelet', await issue(authority, { commonName: nodeName, names: [nodeName, ...addresses] }));
  const { publicKey, privateKey } = createTokenKeys();
  store(pki, 'sa.pub', publicKey);
  store(pki, 'sa.key', privateKey);
  const accesses = new Map<string, Access>();
  for (const [name, subject] of Object.entries(clientSubjects(nodeName))) {
    const access = { name: cluster, server, authority: authority.certificate, identity: await issue(authority, subject) };
    accesses.set(name, access);
    store(kubeconfigs, name, kubeconfigOf(access));
  }
  const admin = accesses.get('admin');
  if (!admin) throw new Error(`No administrator among the clients of ${cluster}`);
  storePair(pki, 'admin', admin.identity);
  return admin;
};
