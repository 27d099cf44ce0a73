import { ImageBasedUpgrade, Namespace, SEED_GENERATOR_NAME, SeedGenerator, UPGRADE_NAME } from '@godwit/api';
import type { Controller, Delay, Round, Tasks } from '@godwit/controller';
import { writeText } from '../carried/files.ts';
import { judgeHealth, whyUnhealthy } from '../health/judge-health.ts';
import { readHealth } from '../health/read-health.ts';
import { isIdle } from '../stage/stage-conditions.ts';
import { generateSeed, readOutcome } from './generate.ts';
import { seedPlaces } from './places.ts';
import { readFitness } from './read-fitness.ts';
import { rejectionOf } from './rejection.ts';
import { changeStatus, forgetRequest, isRequestSaved, putBack, requestName, tell } from './requests.ts';
import { isSeedOver, seedCompleted, seedFailed, seedRejected } from './seed-status.ts';
import { seedTexts } from './texts.ts';
import type { SeedWorld } from './world.ts';

const TASK = 'SeedGenerator/generate';
const UNHEALTHY: Delay = '20s';
const LOOK_AGAIN: Delay = '10s';
/** A request is begun as soon as it was marked as such. */
const AT_ONCE: Delay = '1s';

/** The world of seeds, and where long work goes on beside the rounds. */
export type SeedGeneratorWorld = SeedWorld & { readonly tasks: Tasks };

/** Why the cluster cannot become a seed just now; undefined: nothing is in the way. */
const whyNotYet = async ({ cluster, clock }: SeedWorld): Promise<string | undefined> => {
  const conditions = (await cluster.get(ImageBasedUpgrade, { name: UPGRADE_NAME }))?.status?.conditions;
  if (conditions !== undefined && !isIdle(conditions)) return 'an upgrade is under way';
  return whyUnhealthy(judgeHealth(await readHealth(cluster, clock.now())), 'all');
};

/** Puts everything back and says how it has ended; the file that says that something goes on is removed last. */
const finish = async (world: SeedGeneratorWorld): Promise<void> => {
  const outcome = await readOutcome(world);
  if (outcome === undefined) return;
  await putBack(world);
  await changeStatus(world, (status, moment) =>
    'failed' in outcome ? seedFailed(status, outcome.failed, moment) : seedCompleted(status, moment),
  );
  await forgetRequest(world);
  await world.tasks.forget(TASK);
};

const goOn = async (world: SeedGeneratorWorld): Promise<Delay | undefined> => {
  if ((await readOutcome(world)) !== undefined) {
    await finish(world);
    return undefined;
  }
  world.tasks.ensure(TASK, (signal) => generateSeed(world, signal));
  return LOOK_AGAIN;
};

const begin = async (world: SeedGeneratorWorld, request: SeedGenerator): Promise<Delay | undefined> => {
  const rejection = request.status?.startedAt === undefined ? rejectionOf(await readFitness(world.cluster, world.host)) : undefined;
  if (rejection !== undefined) {
    await changeStatus(world, (status, moment) => seedRejected(status, rejection, moment));
    return undefined;
  }
  await tell(world, seedTexts.waitingForStable);
  const obstacle = await whyNotYet(world);
  if (obstacle !== undefined) {
    await tell(world, `${seedTexts.waitingForStable}: ${obstacle}`);
    return UNHEALTHY;
  }
  await tell(world, seedTexts.starting);
  await writeText(seedPlaces(world.host).request, JSON.stringify(request));
  return AT_ONCE;
};

const round = async (world: SeedGeneratorWorld): Promise<Delay | undefined> => {
  if (isRequestSaved(world)) return goOn(world);
  const request = await world.cluster.get(SeedGenerator, requestName);
  if (request === undefined || request.metadata.deletionTimestamp !== undefined || isSeedOver(request.status)) return undefined;
  return begin(world, request);
};

/** Makes one seed image of a cluster for its SeedGenerator, and tells in its status how that goes. */
export const seedGeneratorController = (world: SeedGeneratorWorld): Controller => {
  let wake: Round['wake'] | undefined;
  world.tasks.onChange((name) => {
    if (name === TASK) wake?.(SEED_GENERATOR_NAME);
  });
  return {
    name: 'seed-generator',
    concurrency: 1,
    sources: [
      {
        client: world.cluster,
        resource: SeedGenerator,
        keys: ({ metadata }) => (metadata.name === SEED_GENERATOR_NAME ? [SEED_GENERATOR_NAME] : []),
      },
      // there is always one, so that what an agent has left undone is taken up although its request is not in the cluster
      {
        client: world.cluster,
        resource: Namespace,
        labelSelector: 'kubernetes.io/metadata.name=kube-system',
        keys: () => [SEED_GENERATOR_NAME],
      },
    ],
    reconcile: async (_key, context) => {
      wake = context.wake;
      const after = await round(world);
      return after === undefined ? undefined : { after };
    },
  };
};
