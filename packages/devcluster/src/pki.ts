import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MILLISECONDS = 86_400_000;
const LIFETIME_DAYS = 3650;

/** A certificate and its private key, both as PEM text. */
export type KeyPair = { certificate: string; key: string };

/** Whom a certificate is for: `groups` become organizations, which Kubernetes reads as groups; `names` are host names or IP addresses. */
export type Subject = { commonName: string; groups?: readonly string[]; names?: readonly string[] };

const pemOf = (label: string, bytes: ArrayBuffer): string =>
  `-----BEGIN ${label}-----\n${(
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END ${label}-----\n`;

const bytesOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');

const generateKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const exportKey = async (key: webcrypto.CryptoKey): Promise<string> => pemOf('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', key));

const lifetime = () => {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MILLISECONDS), notAfter: new Date(now + LIFETIME_DAYS * DAY_MILLISECONDS) };
};

/** Writes a subject the way certificates do; JSON form, so that no character of a name needs escaping. */
const nameOf = ({ commonName, groups = [] }: Subject): x509.JsonName => [{ CN: [commonName] }, ...groups.map((group) => ({ O: [group] }))];

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(':');

/** Makes a certificate authority of its own for a set of clusters. */
export const createAuthority = async (commonName: string): Promise<KeyPair> => {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys: keys,
    signingAlgorithm: ALGORITHM,
    ...lifetime(),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await exportKey(keys.privateKey) };
};

/** Issues a certificate that serves and identifies: usable at both ends of a TLS connection. */
export const issue = async (authority: KeyPair, subject: Subject): Promise<KeyPair> => {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', bytesOf(authority.key), ALGORITHM, false, ['sign']);
  const keys = await generateKeys();
  const names = (subject.names ?? []).map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value }));
  const certificate = await x509.X509CertificateGenerator.create({
    subject: nameOf(subject),
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: signingKey,
    signingAlgorithm: ALGORITHM,
    ...lifetime(),
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await exportKey(keys.privateKey) };
};

/** Makes the key pair with which service account tokens are signed; public part first, both PEM. */
export const createTokenKeys = async (): Promise<{ publicKey: string; privateKey: string }> => {
  const keys = await generateKeys();
  return {
    publicKey: pemOf('PUBLIC KEY', await webcrypto.subtle.exportKey('spki', keys.publicKey)),
    privateKey: await exportKey(keys.privateKey),
  };
};
