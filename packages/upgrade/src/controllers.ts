import type { Controller } from '@godwit/controller';
import { upgradeController } from './controller/controller.ts';
import { stageHandlers } from './handlers.ts';
import type { UpgradeWorld } from './world.ts';

/** The controllers of image-based upgrades on the one node of a cluster. */
export const upgradeControllers = (world: UpgradeWorld): readonly Controller[] => [upgradeController(world, stageHandlers)];
