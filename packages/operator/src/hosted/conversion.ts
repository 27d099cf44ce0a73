import type { Controller, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { ensureNamespace } from '../ensure-namespace.ts';
import { localAddressTowards } from '../webhook/local-address.ts';
import { startConversion } from '../webhook/start-conversion.ts';
import type { HostedOptions } from './options.ts';

/** What converts v1alpha1 while hosted clusters are served. */
export type RunningConversion = { controllers: readonly Controller[]; close(): Promise<void> };

const NOTHING: RunningConversion = { controllers: [], close: async () => {} };

/**
 * Serves the conversion of v1alpha1 from this machine's own address. In a pod it needs a Service in front, which the Deployment has to
 * bring along. Without conversion v1beta1 goes on, so a fault is told and nothing else rests.
 */
export const runConversion = async (
  { settings, inCluster }: HostedOptions,
  { management: client, log }: { management: Client; log: Log },
): Promise<RunningConversion> => {
  if (inCluster) return NOTHING;
  try {
    await ensureNamespace(client, settings.namespace);
    const host = await localAddressTowards(client.server);
    const { controller, close } = await startConversion({ client, log, namespace: settings.namespace, address: { host, port: 0 } });
    return { controllers: [controller], close };
  } catch (error) {
    log.warn({ err: error }, 'v1alpha1 of hosted clusters is not converted by this process; v1beta1 goes on');
    return NOTHING;
  }
};
