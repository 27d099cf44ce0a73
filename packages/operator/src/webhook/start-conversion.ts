import { type Clock, type Controller, type Log, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { conversionController } from './conversion-controller.ts';
import { hostsOf, type WebhookAddress } from './registration.ts';
import { serveWebhook } from './serve-webhook.ts';
import { ensureCertificate, storedCertificate } from './webhook-certificate.ts';

const ADOPTION_SECONDS = 3600;

/** How the conversion webhook is run. */
export type ConversionOptions = {
  client: Client;
  log: Log;
  /** Namespace of the operator, where the certificate is kept. */
  namespace: string;
  /** Where API servers reach this process; port 0 outside of pods takes a free one. */
  address: WebhookAddress;
  /** The port that is listened on; default that of the address. */
  port?: number;
  /** Default the system's. */
  clock?: Clock;
};

/** A conversion webhook that answers. Its controller belongs to the leader; the webhook itself to every replica. */
export type Conversion = { controller: Controller; address: WebhookAddress; close(): Promise<void> };

/** Serves the conversion of v1alpha1 and makes the controller that points the definitions at it. Only v1alpha1 needs it: without it v1beta1 goes on. */
export const startConversion = async (options: ConversionOptions): Promise<Conversion> => {
  const { client, log, namespace, address, clock = systemClock } = options;
  const use = { namespace, hosts: hostsOf(address), now: () => clock.now() };
  const asked = 'host' in address ? address.port : address.service.port;
  const served = await serveWebhook(await ensureCertificate(client, use), { port: options.port ?? asked });
  const stop = new AbortController();
  // The leader renews the certificate once the definitions trust the next one; every replica shows it from then on.
  const adopt = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await clock.sleep(ADOPTION_SECONDS, stop.signal);
      const stored = await storedCertificate(client, use).catch(() => undefined); // asked again in an hour, long before it ends
      if (stored !== undefined) served.renew(stored);
    }
  };
  adopt().catch(() => {}); // it ends when the webhook is closed, and only then
  const reached: WebhookAddress = 'host' in address ? { host: address.host, port: address.port || served.port } : address;
  return {
    controller: conversionController({ client, log, address: reached, certificate: () => ensureCertificate(client, use) }),
    address: reached,
    close: async () => {
      stop.abort();
      await served.close();
    },
  };
};
