import type { Controller } from '@godwit/controller';
import type { World } from '../world.ts';
import { hostedClusterController } from './controller.ts';
import { supportedVersionsController } from './supported-versions-controller.ts';

/** The controllers of HostedClusters. */
export const hostedClusterControllers = (world: World): Controller[] => [
  hostedClusterController(world),
  supportedVersionsController(world),
];
