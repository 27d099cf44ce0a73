import { CustomResourceDefinition, fieldManagers, hypershiftKinds } from '@godwit/api';
import type { Controller, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { clientConfigOf, registration, type WebhookAddress } from './registration.ts';
import type { WebhookCertificate } from './webhook-certificate.ts';

const RENEWAL_CHECK = '60m';

/** Names of the definitions that have an earlier version. */
export const CONVERTED: readonly string[] = hypershiftKinds
  .filter(({ earlier }) => earlier !== undefined)
  .map(({ plural, group }) => `${plural}.${group}`);

/** What keeps definitions pointed at the webhook. `certificate` is asked at every round and renews it in time. */
export type ConversionParts = { client: Client; log: Log; address: WebhookAddress; certificate: () => Promise<WebhookCertificate> };

/** Keeps the definitions of hosted clusters converting by the webhook, also after somebody has installed them anew. */
export const conversionController = ({ client, log, address, certificate }: ConversionParts): Controller => ({
  name: 'conversion',
  sources: [
    {
      client,
      resource: CustomResourceDefinition,
      keys: ({ metadata: { name = '' } }) => (CONVERTED.includes(name) ? [name] : []),
    },
  ],
  reconcile: async (name) => {
    const definition = await client.get(CustomResourceDefinition, { name });
    if (definition === undefined) return undefined;
    const { authority } = await certificate();
    const patch = registration(definition, clientConfigOf(address, authority));
    if (patch === undefined) return { after: RENEWAL_CHECK };
    await client.patch(CustomResourceDefinition, { name }, patch, { fieldManager: fieldManagers.operator });
    log.info({ definition: name }, 'the definition converts by this operator now');
    return { after: RENEWAL_CHECK };
  },
});
