import type { CustomResourceDefinition } from '@godwit/api';
import { CONVERT_PATH } from './serve-webhook.ts';

/** Where API servers reach the webhook: an address outside of pods, or a Service in front of them. */
export type WebhookAddress = { host: string; port: number } | { service: { namespace: string; name: string; port: number } };

/** Host names and addresses that the webhook's certificate must hold for. */
export const hostsOf = (address: WebhookAddress): string[] =>
  'host' in address ? [address.host] : [`${address.service.name}.${address.service.namespace}.svc`];

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

type ClientConfig = { url?: string; service?: { namespace: string; name: string; port?: number; path?: string }; caBundle?: string };

/** What a definition says of the webhook; `authority` as PEM text. */
export const clientConfigOf = (address: WebhookAddress, authority: string): ClientConfig => ({
  ...('host' in address
    ? { url: `https://${urlHost(address.host)}:${address.port}${CONVERT_PATH}` }
    : { service: { ...address.service, path: CONVERT_PATH } }),
  caBundle: Buffer.from(authority).toString('base64'),
});

const targetOf = ({ url = '', service }: ClientConfig): string =>
  [url, service?.namespace, service?.name, service?.port, service?.path].join(' ');

const sameConfig = (a: ClientConfig | undefined, b: ClientConfig): boolean =>
  a !== undefined && a.caBundle === b.caBundle && targetOf(a) === targetOf(b);

/**
 * The merge patch that makes a definition convert by this webhook and serve all its versions; undefined when it does already. Both go in one
 * write, so that no version is ever served that nobody converts. The resourceVersion in it refuses a definition that has changed meanwhile.
 */
export const registration = ({ metadata, spec }: CustomResourceDefinition, clientConfig: ClientConfig): object | undefined => {
  const { conversion, versions } = spec;
  const registered = conversion?.strategy === 'Webhook' && sameConfig(conversion.webhook?.clientConfig, clientConfig);
  if (registered && versions.every(({ served }) => served)) return undefined;
  return {
    metadata: { resourceVersion: metadata.resourceVersion },
    spec: {
      conversion: {
        strategy: 'Webhook',
        webhook: { clientConfig: { url: null, service: null, ...clientConfig }, conversionReviewVersions: ['v1'] },
      },
      versions: versions.map((version) => ({ ...version, served: true })),
    },
  };
};
