import { createAuthority, issueCertificate, type KeyPair } from '@godwit/controller';
import type { ControlPlane } from '../control-plane.ts';
import { AUTHORITIES, AUTHORITY_DAYS, AUTHORITY_KEYS, type AuthorityName } from './authorities.ts';
import { judgeCertificate } from './judge-certificate.ts';
import { LEAF_DAYS, type Leaf, leavesOf, type OutsideNames, RENEWAL_DAYS } from './leaves.ts';
import { pairIn, type TextData } from './secret-data.ts';
import { createTokenKeys, TOKEN_KEYS_SECRET } from './token-keys.ts';

/** Certificates that were found or made, by name of their Secret, and the names of those that were made. */
export type Certificates = { data: ReadonlyMap<string, TextData>; made: readonly string[] };

/** A Secret of the control plane that cannot be what its name says. The message names it and the next step. */
export class PkiError extends Error {
  override readonly name = 'PkiError';
}

/** What certificates are completed from; `stored` is what the namespace holds already. */
export type CertificateRequest = {
  plane: ControlPlane;
  outside: OutsideNames;
  stored: ReadonlyMap<string, TextData>;
  now: Date;
};

const asData = ({ certificate, key }: KeyPair, keys: { certificate: string; key: string }): TextData => ({
  [keys.certificate]: certificate,
  [keys.key]: key,
});

/** An authority is made once. A broken one is not replaced: every node and client would be cut off for good. */
const authorityFor = async (name: AuthorityName, { stored, plane, now }: CertificateRequest): Promise<TextData | undefined> => {
  const fault = judgeCertificate(pairIn(stored.get(name), AUTHORITY_KEYS), { now, renewalDays: 0 });
  if (fault === undefined) return undefined;
  if (fault !== 'missing')
    throw new PkiError(
      `Secret ${plane.namespace}/${name} is ${fault}: put the authority's ca.crt and ca.key back, or delete the Secret to cut off all that trusts it.`,
    );
  return asData(await createAuthority(name, AUTHORITY_DAYS), AUTHORITY_KEYS);
};

const isUsable = ({ secret, keys, commonName, hosts }: Leaf, authority: KeyPair, { stored, now }: CertificateRequest): boolean => {
  const wish = { authority: authority.certificate, commonName, hosts, now, renewalDays: RENEWAL_DAYS };
  return judgeCertificate(pairIn(stored.get(secret), keys), wish) === undefined;
};

const leafFor = async (leaf: Leaf, authority: KeyPair, request: CertificateRequest): Promise<TextData | undefined> => {
  const { commonName, hosts, organizations = [], usage, keys } = leaf;
  if (isUsable(leaf, authority, request)) return undefined;
  return asData(await issueCertificate(authority, { commonName, hosts, organizations, usage, days: LEAF_DAYS }), keys);
};

const authorityOf = (data: ReadonlyMap<string, TextData>, name: AuthorityName): KeyPair => {
  const pair = pairIn(data.get(name), AUTHORITY_KEYS);
  if (!pair) throw new PkiError(`the authority ${name} is missing`);
  return pair;
};

const hasTokenKeys = ({ stored }: CertificateRequest): boolean => {
  const data = stored.get(TOKEN_KEYS_SECRET);
  return Boolean(data?.['service-account.key'] && data['service-account.pub']);
};

/** Whether everything is there and in order, so that nothing has to be made. */
export const isComplete = (request: CertificateRequest): boolean => {
  const authorities = new Map(AUTHORITIES.map((name) => [name, pairIn(request.stored.get(name), AUTHORITY_KEYS)]));
  return (
    hasTokenKeys(request) &&
    leavesOf(request.plane, request.outside).every((leaf) => {
      const authority = authorities.get(leaf.authority);
      return authority !== undefined && isUsable(leaf, authority, request);
    })
  );
};

/** Makes what is missing or near its end, and keeps the rest as it is: what a move carried over stays in use. */
export const completeCertificates = async (request: CertificateRequest): Promise<Certificates> => {
  const data = new Map(request.stored);
  const made: string[] = [];
  const take = (name: string, fresh: TextData | undefined) => {
    if (fresh === undefined) return;
    data.set(name, fresh);
    made.push(name);
  };
  const tokenKeys = hasTokenKeys(request) ? undefined : createTokenKeys(); // in another thread, meanwhile
  await Promise.all(AUTHORITIES.map(async (name) => take(name, await authorityFor(name, request))));
  const leaves = leavesOf(request.plane, request.outside);
  await Promise.all(leaves.map(async (leaf) => take(leaf.secret, await leafFor(leaf, authorityOf(data, leaf.authority), request))));
  take(TOKEN_KEYS_SECRET, await tokenKeys);
  return { data, made };
};
