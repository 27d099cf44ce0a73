import { createServer } from 'node:net';
import { MissingPrerequisite } from './prerequisites.ts';

const portOf = (server: ReturnType<typeof createServer>): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listening server has no port');
  return address.port;
};

/** Finds ports of 127.0.0.1 that nobody listens on, all different; who wants them should be quick. */
export const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};

/** Refuses an address that somebody listens on already, also when it is through 0.0.0.0; `purpose` says who wanted it. */
export const requireFreePort = async (address: string, port: number, purpose: string): Promise<void> => {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ host: address, port, exclusive: true }, resolve));
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new MissingPrerequisite(
      `Port taken: ${purpose} needs ${address}:${port}, where another process listens. Find it with "ss -ltnp sport = :${port}" and stop it.`,
    );
  }
};
