import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyPair } from '@godwit/controller';

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

const namesIn = (certificate: X509Certificate): Set<string> =>
  new Set((certificate.subjectAltName ?? '').split(', ').map((each) => each.slice(each.indexOf(':') + 1).toLowerCase()));

/** Node writes IPv6 addresses in full. */
const written = (host: string): string => (host === '::1' ? '0:0:0:0:0:0:0:1' : host.toLowerCase());

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
  const names = namesIn(certificate);
  return (wish.hosts ?? []).every((host) => names.has(written(host))) ? undefined : 'hosts-missing';
};
