import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '@godwit/controller';
import { writeText } from '../carried/files.ts';
import type { ClusterConfiguration } from './cluster-configuration.ts';
import { handedOver } from './places.ts';

/** What a step of the first boot has in hand. `root`: where the host's `/` is seen, '' on the host itself. */
export type FirstBoot = { readonly root: string; readonly clock: Clock; readonly log: Log; readonly configuration: ClusterConfiguration };

/**
 * A step of the first boot. It may be run again after it ran in part or as a whole; one that is `once` is not run again after it has succeeded,
 * which a marker `<name>.done` says.
 */
export type FirstBootStep<World extends FirstBoot> = { readonly name: string; readonly once?: true; run(world: World): Promise<void> };

/** A step failed; the message names it. */
class StepFailed extends Error {
  override name = 'StepFailed';
  constructor(step: string, cause: unknown) {
    super(`${step}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A program that was killed under a step is no reason to roll an upgrade back. */
const ATTEMPTS = 3;
const PAUSE_SECONDS = 2;

const patiently = async <World extends FirstBoot>({ name, run }: FirstBootStep<World>, world: World): Promise<void> => {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      return await run(world);
    } catch (error) {
      if (left <= 0) throw new StepFailed(name, error);
      world.log.warn({ err: error, step: name }, 'the step is tried again');
      await world.clock.sleep(PAUSE_SECONDS);
    }
  }
};

/** Walks steps in their order, from the first that is not marked as done. Throws a StepFailed at the first that fails for the third time. */
export const walkFirstBoot = async <World extends FirstBoot>(steps: readonly FirstBootStep<World>[], world: World): Promise<void> => {
  for (const step of steps) {
    const marker = join(world.root, handedOver.folder, `${step.name}.done`);
    if (step.once && existsSync(marker)) continue;
    world.log.info({ step: step.name }, 'first boot');
    await patiently(step, world);
    if (step.once) await writeText(marker, `${world.clock.now().toISOString()}\n`);
  }
};
