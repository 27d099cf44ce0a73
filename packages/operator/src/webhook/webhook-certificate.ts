import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Secret } from '@godwit/api';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { ApiError, type Client } from '@godwit/kube';
import type { ServingCertificate } from './serve-webhook.ts';

/** Name of the Secret with the webhook's certificate, in the namespace of the operator; all replicas share it. */
export const WEBHOOK_SECRET = 'godwit-conversion-webhook';

/** What the webhook shows, and the authority that API servers are told to trust. */
export type WebhookCertificate = ServingCertificate & { authority: string };

/** Where the certificate is kept and what it must hold for. */
export type CertificateUse = { namespace: string; hosts: readonly string[]; now: () => Date };

const DAYS = 365;
const RENEW_DAYS = 60;
const DAY_MILLISECONDS = 86_400_000;

const encode = (value: string): string => Buffer.from(value).toString('base64');
const decode = (value: string | undefined): string => Buffer.from(value ?? '', 'base64').toString();

const certificateIn = ({ data }: Secret): WebhookCertificate => ({
  certificate: decode(data?.['tls.crt']),
  key: decode(data?.['tls.key']),
  authority: decode(data?.['ca.crt']),
});

/** Whether a certificate holds for these hosts and for some time yet. */
export const isUsable = ({ certificate, key, authority }: WebhookCertificate, hosts: readonly string[], now: Date): boolean => {
  if (certificate === '' || key === '' || authority === '') return false;
  const leaf = new X509Certificate(certificate);
  const holdsFor = (host: string) => (isIP(host) ? leaf.checkIP(host) : leaf.checkHost(host)) !== undefined;
  return leaf.validToDate.getTime() - now.getTime() > RENEW_DAYS * DAY_MILLISECONDS && hosts.every(holdsFor);
};

/** The first certificate of a bundle. */
const newest = (bundle: string): string => bundle.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/)?.[0] ?? '';

/**
 * The key of the authority is thrown away: with the certificate both are made anew. The authority before stays trusted, since other
 * replicas show their old certificate for a while.
 */
const makeCertificate = async (hosts: readonly string[], before = ''): Promise<WebhookCertificate> => {
  const authority = await createAuthority('godwit conversion webhook', DAYS);
  const pair = await issueCertificate(authority, { commonName: hosts[0] ?? 'localhost', hosts, usage: 'server', days: DAYS });
  return { ...pair, authority: authority.certificate + newest(before) };
};

const secretOf = (namespace: string, { certificate, key, authority }: WebhookCertificate, resourceVersion?: string): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name: WEBHOOK_SECRET, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': encode(certificate), 'tls.key': encode(key), 'ca.crt': encode(authority) },
});

const isRace = (error: unknown): boolean => error instanceof ApiError && (error.reason === 'AlreadyExists' || error.reason === 'Conflict');

/** The certificate that is stored, as long as it holds for these hosts; undefined: there is none. */
export const storedCertificate = async (
  client: Client,
  { namespace, hosts, now }: CertificateUse,
): Promise<WebhookCertificate | undefined> => {
  const stored = await client.get(Secret, { namespace, name: WEBHOOK_SECRET });
  const certificate = stored && certificateIn(stored);
  return certificate !== undefined && isUsable(certificate, hosts, now()) ? certificate : undefined;
};

/** The certificate of the webhook: the stored one while it holds for these hosts, else a new one, stored. Another replica may come first; its one counts then. */
export const ensureCertificate = async (client: Client, { namespace, hosts, now }: CertificateUse): Promise<WebhookCertificate> => {
  const stored = await client.get(Secret, { namespace, name: WEBHOOK_SECRET });
  if (stored !== undefined && isUsable(certificateIn(stored), hosts, now())) return certificateIn(stored);
  const before = stored === undefined ? undefined : certificateIn(stored).authority;
  const made = secretOf(namespace, await makeCertificate(hosts, before), stored?.metadata.resourceVersion);
  const written = stored === undefined ? client.create(Secret, made) : client.replace(Secret, made);
  return written.then(certificateIn, (error: unknown) => {
    if (isRace(error)) return ensureCertificate(client, { namespace, hosts, now });
    throw error;
  });
};
