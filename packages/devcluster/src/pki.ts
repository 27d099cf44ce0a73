import { generateKeyPairSync } from 'node:crypto';
import { createAuthority as createAuthorityFor, issueCertificate, type KeyPair } from '@godwit/controller';

/** Local clusters may be kept for years: authorities and what they issue hold ten. */
const LIFETIME_DAYS = 3650;

/** Whom a certificate is for: `groups` become organizations, which Kubernetes reads as groups; `names` are host names or IP addresses. */
export type Subject = { commonName: string; groups?: readonly string[]; names?: readonly string[] };

/** Makes a certificate authority of its own for a set of clusters. */
export const createAuthority = (commonName: string): Promise<KeyPair> => createAuthorityFor(commonName, LIFETIME_DAYS);

/** Issues a certificate that serves and identifies: usable at both ends of a TLS connection. */
export const issue = (authority: KeyPair, { commonName, groups = [], names = [] }: Subject): Promise<KeyPair> =>
  issueCertificate(authority, { commonName, organizations: groups, hosts: names, usage: 'both', days: LIFETIME_DAYS });

/** Makes the key pair with which service account tokens are signed; both PEM. */
export const createTokenKeys = (): { publicKey: string; privateKey: string } =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
