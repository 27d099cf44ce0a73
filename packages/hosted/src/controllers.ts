import type { Controller } from '@godwit/controller';
import { controlPlaneController } from './control-plane/controller.ts';
import { hostedClusterControllers } from './hosted-cluster/controllers.ts';
import { nodePoolControllers } from './node-pool/controller.ts';
import type { World } from './world.ts';

type Area = (world: World) => readonly Controller[];

/** Everything that acts on hosted clusters, one function for each area; etcd backups, moves and host names have their places at the end. */
const AREAS: readonly Area[] = [hostedClusterControllers, (world) => [controlPlaneController(world)], nodePoolControllers];

/** The controllers of hosted clusters on one management cluster. The Ignition server brings its own. */
export const hostedControllers: Area = (world) => AREAS.flatMap((area) => area(world));
