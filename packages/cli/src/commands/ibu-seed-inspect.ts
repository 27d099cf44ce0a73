import { inspectSeed, runHere, type SeedImage, seedInfoOf } from '@godwit/upgrade';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { type RegistryOptions, registryAccess, registryFlags } from '../ibu/registry-flags.ts';
import { seedLines } from '../ibu/seed-lines.ts';
import type { Invocation } from '../invocation.ts';
import { print } from '../printers/print-value.ts';

const read = async (invocation: Invocation, image: string, options: RegistryOptions): Promise<SeedImage> => {
  const { err } = invocation.terminal;
  err(`asking the registry of ${image}`);
  try {
    return await inspectSeed(image, { retries: 0, ...registryAccess(invocation, options) }, runHere, invocation.interrupted);
  } catch (error) {
    invocation.interrupted.throwIfAborted();
    throw new Failure(`the seed image ${image} cannot be read`, {
      reason: 'SeedUnreadable',
      why: (error as Error).message,
      next: 'the command with --authfile or --cert-dir, if the registry wants credentials or has an authority of its own',
    });
  }
};

/** `godwit ibu seed inspect`. */
export const ibuSeedInspect = command<RegistryOptions>({
  words: ['ibu', 'seed', 'inspect'],
  summary: 'Shows what a seed image is: release, architecture, registry, sizes; nothing of it is pulled (needs skopeo)',
  takes: [['<image>', 'the seed image, by tag or digest']],
  flags: registryFlags,
  examples: [
    ['Look at a seed image', 'ibu seed inspect quay.io/lab/seed:4.21.0'],
    ['Where do the images of its release come from', 'ibu seed inspect quay.io/lab/seed:4.21.0 -o jsonpath={.info.release_registry}'],
  ],
  run: async (invocation, [image = ''], options) => {
    const seed = await read(invocation, image, options);
    const info = seedInfoOf(seed.labels);
    if (!print(invocation, { ...seed, info })) for (const line of seedLines(seed, info)) invocation.terminal.out(line);
    return info === undefined ? exitCodes.refused : exitCodes.done;
  },
});
