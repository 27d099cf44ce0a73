import 'reflect-metadata';
import { type webcrypto as crypto, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key (PKCS #8), both as PEM text. */
export type KeyPair = { certificate: string; key: string };

/** What a certificate is issued for. */
export type CertificateRequest = {
  commonName: string;
  /** Host names and IP addresses. */
  hosts: readonly string[];
  usage: 'server' | 'client' | 'both';
  /** Days that it holds; it never outlives its authority. */
  days: number;
  /** Kubernetes reads these as groups; default none. */
  organizations?: readonly string[];
};

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MILLISECONDS = 86_400_000;
/** Clocks differ: a certificate holds since five minutes ago. */
const SKEW_MILLISECONDS = 300_000;

const generateKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const pairOf = async (certificate: x509.X509Certificate, key: crypto.CryptoKey): Promise<KeyPair> => ({
  certificate: `${certificate.toString('pem')}\n`,
  key: `${x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), x509.PemConverter.PrivateKeyTag)}\n`,
});

const lifetime = (days: number, notBeyond = Number.POSITIVE_INFINITY) => {
  const now = Date.now();
  return { notBefore: new Date(now - SKEW_MILLISECONDS), notAfter: new Date(Math.min(now + days * DAY_MILLISECONDS, notBeyond)) };
};

/** Makes a certificate authority that signs leaves only. */
export const createAuthority = async (commonName: string, days: number): Promise<KeyPair> => {
  x509.cryptoProvider.set(webcrypto);
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: ALGORITHM,
    ...lifetime(days),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pairOf(certificate, keys.privateKey);
};

const USAGES = {
  server: [x509.ExtendedKeyUsage.serverAuth],
  client: [x509.ExtendedKeyUsage.clientAuth],
  both: [x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth],
};

/** Issues a certificate for a server, a client, or a program that is both. */
export const issueCertificate = async (authority: KeyPair, request: CertificateRequest): Promise<KeyPair> => {
  x509.cryptoProvider.set(webcrypto);
  const { commonName, hosts, usage, days, organizations = [] } = request;
  const issuer = new x509.X509Certificate(authority.certificate);
  const [der] = x509.PemConverter.decode(authority.key);
  if (der === undefined) throw new Error('the key of the authority is not PEM');
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
  const keys = await generateKeys();
  const names = hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }));
  const certificate = await x509.X509CertificateGenerator.create({
    // The JSON form needs no escaping, whatever characters a name has.
    subject: [{ CN: [commonName] }, ...organizations.map((organization) => ({ O: [organization] }))],
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    ...lifetime(days, issuer.notAfter.getTime()),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(USAGES[usage]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return pairOf(certificate, keys.privateKey);
};
