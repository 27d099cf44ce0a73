import { hypershiftKinds } from '@godwit/api';
import { type Log, type Manager, systemClock } from '@godwit/controller';
import { hostedControllers, startIgnition } from '@godwit/hosted';
import type { Client, ServedResource } from '@godwit/kube';
import { runConversion } from './conversion.ts';
import type { HostedOptions } from './options.ts';
import { hostedWorldOf } from './world.ts';

const LOOK_AGAIN_SECONDS = 60;

/** Kinds of hosted clusters that a cluster does not serve. Pure. */
export const kindsNotServed = (served: readonly Pick<ServedResource, 'group' | 'version' | 'plural'>[]): string[] =>
  hypershiftKinds
    .filter(
      ({ group, version, plural }) => !served.some((each) => each.group === group && each.version === version && each.plural === plural),
    )
    .map(({ kind }) => kind);

type Parts = { management: Client; log: Log; manager: Manager };

const missingKinds = async ({ management, log }: Parts): Promise<string[] | undefined> => {
  try {
    return kindsNotServed(await management.discover({ fresh: true }));
  } catch (error) {
    log.warn({ err: error }, 'what the management cluster serves is not known; it is asked again');
    return undefined;
  }
};

/** Resolves when all kinds are served: definitions may be installed while the operator runs. */
const untilServed = async (parts: Parts, signal: AbortSignal): Promise<void> => {
  let told = '';
  for (let missing = await missingKinds(parts); missing === undefined || missing.length > 0; missing = await missingKinds(parts)) {
    const kinds = missing?.join(', ') ?? told;
    if (kinds !== told)
      parts.log.info(
        { kinds },
        'hosted control planes rest: this cluster does not serve these kinds; install their definitions (deploy/crds)',
      );
    told = kinds;
    await systemClock.sleep(LOOK_AGAIN_SECONDS, signal);
  }
};

/** Runs the controllers of hosted clusters, from when their kinds are served until the signal aborts. */
export const runHosted = async (options: HostedOptions, parts: Parts, signal: AbortSignal): Promise<void> => {
  const { log, manager } = parts;
  await untilServed(parts, signal);
  const { world, close } = hostedWorldOf(options, parts);
  const ignition = await startIgnition(world);
  const conversion = await runConversion(options, parts);
  try {
    for (const controller of [...hostedControllers(world), ...ignition.controllers, ...conversion.controllers]) manager.add(controller);
    const { managementCluster, namespace, ignition: served } = options.settings;
    log.info({ managementCluster, namespace, ignition: served, zone: options.dns?.zone }, 'hosted control planes are served');
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await ignition.close();
    await conversion.close();
    await close();
  }
};
