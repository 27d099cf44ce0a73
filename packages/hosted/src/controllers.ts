import type { Controller } from '@godwit/controller';
import { controlPlaneController } from './control-plane/controller.ts';
import { dnsControllers } from './dns/controller.ts';
import { etcdBackupController } from './etcd/index.ts';
import { hostedClusterControllers } from './hosted-cluster/controllers.ts';
import { moveControllers } from './move/controller.ts';
import { nodePoolControllers } from './node-pool/controller.ts';
import type { World } from './world.ts';

type Area = (world: World) => readonly Controller[];

/** Everything that acts on hosted clusters, one function for each area. */
const AREAS: readonly Area[] = [
  hostedClusterControllers,
  (world) => [controlPlaneController(world)],
  nodePoolControllers,
  (world) => [etcdBackupController(world)],
  dnsControllers,
  moveControllers,
];

/** The controllers of hosted clusters on one management cluster. The Ignition server brings its own. */
export const hostedControllers: Area = (world) => AREAS.flatMap((area) => area(world));
