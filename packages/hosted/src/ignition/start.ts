import type { Controller } from '@godwit/controller';
import type { World } from '../world.ts';
import { answerFrom } from './answer.ts';
import { ignitionController } from './controller.ts';
import { startIgnitionServer } from './server.ts';

/** The Ignition server of this process, and the controller that gives every control plane its place in it. */
export type Ignition = { controllers: readonly Controller[]; close(): Promise<void> };

/** Every address of this host at which somebody who was told `address` may arrive: `::` takes IPv4 too, but not every host has it. */
export const everyAddress = (address: string): string => (address.includes(':') ? '::' : '0.0.0.0');

/** Starts serving on every address of this host, at the port that settings name; without such settings machines find nobody. */
export const startIgnition = async (world: World): Promise<Ignition> => {
  const { ignition } = world.settings;
  if (ignition === undefined) return { controllers: [], close: async () => {} };
  const server = await startIgnitionServer(everyAddress(ignition.address), ignition.port, answerFrom(world), world.log);
  return { controllers: [ignitionController(world, server.certificates)], close: server.close };
};
