import { CustomResourceDefinition, crd, infrastructureKinds, LocalMachine } from '@godwit/api';
import type { World } from './world.ts';

const SECONDS_BETWEEN_ATTEMPTS = 1;

const attempt = async ({ client }: World): Promise<void> => {
  for (const kind of infrastructureKinds)
    await client.apply(CustomResourceDefinition, crd(kind), { fieldManager: 'godwit-dev', force: true });
  await client.list(LocalMachine, { pageSize: 1 });
};

/** Installs the kinds that the provider acts on and waits until they are served; an API server that is away is waited for, until the signal. */
export const installKinds = async (world: World, signal: AbortSignal): Promise<void> => {
  for (;;) {
    try {
      return await attempt(world);
    } catch (error) {
      if (signal.aborted) return;
      world.log.debug({ error: String(error) }, 'the kinds of local machines are not served yet');
      await world.clock.sleep(SECONDS_BETWEEN_ATTEMPTS, signal).catch(() => undefined);
    }
  }
};
