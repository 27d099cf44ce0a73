import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyPair } from '@godwit/controller';
import { addressOf } from '../../hosted-cluster/validation/cidr.ts';

/** Why a certificate has to be made anew. */
export type CertificateFault = 'missing' | 'unreadable' | 'expiring' | 'other-authority' | 'other-subject' | 'hosts-missing' | 'other-key';

/** What a certificate must be. */
export type CertificateWish = {
  /** Certificate of the authority; undefined: it must be its own. */
  authority?: string | undefined;
  commonName?: string | undefined;
  hosts?: readonly string[] | undefined;
  now: Date;
  renewalDays: number;
};

const DAY_MILLISECONDS = 86_400_000;

/** A host as it is compared: an address by its number, since IPv6 addresses can be written in many ways, and Node writes them in full. */
const comparable = (host: string): string => {
  const address = addressOf(host);
  return address === undefined ? host.toLowerCase() : `${address.bits}/${address.value}`;
};

const hostsIn = (certificate: X509Certificate): Set<string> =>
  new Set((certificate.subjectAltName ?? '').split(', ').map((each) => comparable(each.slice(each.indexOf(':') + 1))));

const commonNameOf = ({ subject }: X509Certificate): string | undefined => /^CN=(.*)$/m.exec(subject)?.[1];

const read = (pair: KeyPair): X509Certificate | CertificateFault => {
  try {
    const certificate = new X509Certificate(pair.certificate);
    return certificate.checkPrivateKey(createPrivateKey(pair.key)) ? certificate : 'other-key';
  } catch {
    return 'unreadable';
  }
};

/** Says why a certificate can no longer be used; undefined when it stays as it is. Hosts beyond the wanted ones do no harm. */
export const judgeCertificate = (pair: KeyPair | undefined, wish: CertificateWish): CertificateFault | undefined => {
  if (pair === undefined) return 'missing';
  const certificate = read(pair);
  if (typeof certificate === 'string') return certificate;
  const daysLeft = (certificate.validToDate.getTime() - wish.now.getTime()) / DAY_MILLISECONDS;
  if (daysLeft < wish.renewalDays) return 'expiring';
  if (wish.authority !== undefined && !certificate.verify(new X509Certificate(wish.authority).publicKey)) return 'other-authority';
  if (wish.commonName !== undefined && commonNameOf(certificate) !== wish.commonName) return 'other-subject';
  const hosts = hostsIn(certificate);
  return (wish.hosts ?? []).every((host) => hosts.has(comparable(host))) ? undefined : 'hosts-missing';
};
