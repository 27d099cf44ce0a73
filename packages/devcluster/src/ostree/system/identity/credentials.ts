import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueCertificate, type KeyPair } from '@godwit/controller';
import { stringify } from 'yaml';
import { apiServerNames } from '../../../control-plane/api-server.ts';
import { clientSubjects } from '../../../control-plane/credentials.ts';
import { kubeconfigOf } from '../../../kubeconfig.ts';
import { createAuthority, createTokenKeys, issue } from '../../../pki.ts';
import { type Identity, identityText, serverNames, serverOf } from './identity.ts';

/** Folders in which credentials are written; both absolute. */
export type CredentialPlaces = { cluster: string; kubelet: string };

/** The kubelet's own certificates hold a year, as those that it renews later. */
const KUBELET_DAYS = 365;

const store = (path: string, text: string): void => writeFileSync(path, text, { mode: 0o600 });

const storePair = (folder: string, name: string, { certificate, key }: KeyPair): void => {
  store(join(folder, `${name}.crt`), certificate);
  store(join(folder, `${name}.key`), key);
};

const keptPair = (folder: string, name: string): KeyPair | undefined => {
  const [certificate, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  return existsSync(certificate) && existsSync(key)
    ? { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
    : undefined;
};

const requireTokenKeys = (pki: string): void => {
  if (existsSync(join(pki, 'sa.key')) && existsSync(join(pki, 'sa.pub'))) return;
  const { publicKey, privateKey } = createTokenKeys();
  store(join(pki, 'sa.pub'), publicKey);
  store(join(pki, 'sa.key'), privateKey);
};

/** Puts a certificate where the kubelet looks for those that it renews: certificate and key in one file, behind a link. */
const storeForKubelet = (folder: string, kind: 'client' | 'server', { certificate, key }: KeyPair): void => {
  const file = `kubelet-${kind}-issued.pem`;
  const link = join(folder, `kubelet-${kind}-current.pem`);
  store(join(folder, file), `${certificate.trimEnd()}\n${key}`);
  rmSync(link, { force: true });
  symlinkSync(file, link);
};

const issueKubelet = async (authority: KeyPair, { NODE_NAME, NODE_IP }: Identity, folder: string): Promise<void> => {
  const subject = { commonName: `system:node:${NODE_NAME}`, organizations: ['system:nodes'], days: KUBELET_DAYS } as const;
  storeForKubelet(folder, 'client', await issueCertificate(authority, { ...subject, hosts: [], usage: 'client' }));
  storeForKubelet(folder, 'server', await issueCertificate(authority, { ...subject, hosts: [NODE_NAME, NODE_IP], usage: 'server' }));
};

const kubeletKubeconfig = (name: string, server: string, { cluster, kubelet }: CredentialPlaces): string => {
  const current = join(kubelet, 'kubelet-client-current.pem');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'certificate-authority': join(cluster, 'pki/ca.crt') } }],
    users: [{ name: 'kubelet', user: { 'client-certificate': current, 'client-key': current } }],
    contexts: [{ name, context: { cluster: name, user: 'kubelet' } }],
  });
};

/**
 * Makes what a cluster proves its identity with. The authority (`pki/ca`) and the keys of service account tokens (`pki/sa`) are kept when they are
 * there; all else is issued anew, unless it was issued for this very identity by this very authority. Returns whether anything was issued.
 */
export const issueCredentials = async (identity: Identity, places: CredentialPlaces): Promise<boolean> => {
  const [pki, kubeconfigs] = [join(places.cluster, 'pki'), join(places.cluster, 'kubeconfigs')];
  const { CLUSTER_NAME: name, NODE_NAME } = identity;
  for (const folder of [pki, kubeconfigs, places.kubelet]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = keptPair(pki, 'ca');
  const record = join(places.cluster, 'issued-for');
  const wanted = (authority: KeyPair): string => identityText(identity) + authority.certificate;
  if (kept && existsSync(record) && readFileSync(record, 'utf8') === wanted(kept)) return false;
  const authority = kept ?? (await createAuthority(`${name} ${identity.CLUSTER_ID}`));
  storePair(pki, 'ca', authority);
  requireTokenKeys(pki);
  storePair(pki, 'apiserver', await issue(authority, { commonName: 'kube-apiserver', names: apiServerNames(serverNames(identity)) }));
  const { kubelet: _own, ...subjects } = clientSubjects(NODE_NAME);
  for (const [user, subject] of Object.entries(subjects)) {
    const pair = await issue(authority, subject);
    if (user === 'admin') storePair(pki, 'admin', pair);
    store(join(kubeconfigs, user), kubeconfigOf({ name, server: serverOf(identity), authority: authority.certificate, identity: pair }));
  }
  await issueKubelet(authority, identity, places.kubelet);
  store(join(kubeconfigs, 'kubelet'), kubeletKubeconfig(name, serverOf(identity), places));
  store(record, wanted(authority));
  return true;
};
