import type { Controller, Delay } from '@godwit/controller';
import { upgradeController } from './controller/controller.ts';
import { stageHandlers } from './handlers.ts';
import { runHere } from './host/run.ts';
import { accessOfNode } from './prep/means.ts';
import { seedGeneratorController } from './seed-generator/controller.ts';
import { resumeSeedGeneration } from './seed-generator/generate.ts';
import { isRequestSaved } from './seed-generator/requests.ts';
import type { UpgradeWorld } from './world.ts';

const LOOK_AGAIN: Delay = '2s';

const withMeans = (world: UpgradeWorld) => ({ ...world, run: runHere, access: accessOfNode });

/** Lets a controller rest for as long as a seed is being made: the seed must not hold what it would make. */
const restingForSeed = (world: UpgradeWorld, controller: Controller): Controller => ({
  ...controller,
  reconcile: async (key, round) => (isRequestSaved(world) ? { after: LOOK_AGAIN } : controller.reconcile(key, round)),
});

/** The controllers of image-based upgrades on the one node of a cluster. */
export const upgradeControllers = (world: UpgradeWorld): readonly Controller[] => [
  restingForSeed(world, upgradeController(world, stageHandlers)),
  seedGeneratorController(withMeans(world)),
];

/** Finishes what an agent that was killed has begun while the cluster was down; comes before anything that waits for the API server. */
export const resumeUpgradeWork = (world: UpgradeWorld, signal: AbortSignal): Promise<void> =>
  resumeSeedGeneration(withMeans(world), signal);
