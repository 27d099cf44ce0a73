import { existsSync } from 'node:fs';
import { redact } from '@godwit/controller';
import { remove, writeText } from '../carried/files.ts';
import { shortened } from '../host/shortened.ts';
import { readJournal } from '../journal/journal-file.ts';
import { walkSteps } from '../journal/walk-steps.ts';
import { archiveSteps, mayHaveStopped } from './archive-steps.ts';
import { clusterSteps } from './cluster-steps.ts';
import { startCluster } from './cluster-units.ts';
import { describe } from './describe-step.ts';
import { imageSteps } from './image-steps.ts';
import { seedPlaces } from './places.ts';
import { isRequestSaved, savedRequest } from './requests.ts';
import { readSaved, UnreadableFile } from './saved-file.ts';
import { checkSpace } from './space-step.ts';
import type { SeedFacts, SeedStep, SeedWorld } from './world.ts';

/** Everything that makes a seed image of a running cluster, in order. */
const seedGenerationSteps: readonly SeedStep[] = [checkSpace, describe, ...clusterSteps, ...archiveSteps, ...imageSteps];

/** How making a seed has ended: with an image, or with a reason. */
export type SeedOutcome = { readonly digest: string; readonly bytes: number } | { readonly failed: string };

/** An agent that dies of the same step this often gives up. */
const MOST_ATTEMPTS = 5;

/** Longest reason that a condition carries; the log has all of it. */
const MOST_CHARACTERS = 1000;

/** How the making of the seed has ended; undefined: it goes on, or there is none. */
export const readOutcome = async ({ host }: Pick<SeedWorld, 'host'>): Promise<SeedOutcome | undefined> => {
  try {
    return await readSaved<SeedOutcome>(seedPlaces(host).outcome);
  } catch (error) {
    if (error instanceof UnreadableFile) return { failed: error.message };
    throw error;
  }
};

/** Whether the cluster may be down; a journal that nobody can read may have said so. */
const mayBeDown = (journal: string): Promise<boolean> => readJournal(journal).then(mayHaveStopped, () => true);

const refuseForEver = async (path: string): Promise<void> => {
  const stuck = (await readJournal(path))?.steps.find(
    ({ completedAt, failure, attempts }) => !completedAt && !failure && attempts >= MOST_ATTEMPTS,
  );
  if (stuck !== undefined) throw new Error(`the step ${stuck.name} was cut short ${stuck.attempts} times. Look at the agent’s log`);
};

const walk = async (world: SeedWorld, signal: AbortSignal): Promise<Partial<SeedFacts>> => {
  const request = await savedRequest(world);
  if (request === undefined) throw new Error('the request is gone');
  const { journal: path, layout } = seedPlaces(world.host);
  await refuseForEver(path);
  return walkSteps({
    list: 'seed-generation',
    steps: seedGenerationSteps,
    world: { ...world, request },
    clock: world.clock,
    path,
    inputs: { image: request.spec?.seedImage, uid: request.metadata.uid },
    stands: async () => existsSync(layout),
    signal,
  });
};

const outcomeOf = async (world: SeedWorld, signal: AbortSignal): Promise<SeedOutcome> => {
  try {
    const { digest = '', bytes = 0 } = await walk(world, signal);
    return { digest, bytes };
  } catch (error) {
    signal.throwIfAborted();
    world.log.error({ err: error }, 'no seed could be made');
    return { failed: shortened(redact(error instanceof Error ? error.message : String(error)), MOST_CHARACTERS) };
  }
};

/**
 * Makes the seed image that was asked for, from where an agent that was killed has left off. Whatever happens, the cluster runs afterwards, and
 * a file says how it has ended. What was taken out of the cluster is put back by whoever reads that file.
 */
export const generateSeed = async (world: SeedWorld, signal: AbortSignal): Promise<void> => {
  const { journal, outcome, work } = seedPlaces(world.host);
  const ended = await outcomeOf(world, signal);
  if ('failed' in ended && (await mayBeDown(journal))) await startCluster(world.run);
  await writeText(outcome, JSON.stringify(ended));
  await remove(work);
  world.log.info(ended, 'the making of the seed has ended');
};

/** Goes on where an agent was killed while its cluster was down. Must come before anything that waits for the API server. */
export const resumeSeedGeneration = async (world: SeedWorld, signal: AbortSignal): Promise<void> => {
  if (!isRequestSaved(world) || (await readOutcome(world)) !== undefined) return;
  if (await mayBeDown(seedPlaces(world.host).journal)) await generateSeed(world, signal);
};
