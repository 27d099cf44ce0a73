import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Launcher } from './launcher.ts';

const act = async (launcher: Launcher, method: string | undefined, url: string | undefined): Promise<boolean> => {
  const [, name, verb] = /^\/units\/([\w@.:-]+)\/(start|stop)$/.exec(url ?? '') ?? [];
  if (method !== 'POST' || name === undefined) return false;
  await (verb === 'start' ? launcher.start(name) : launcher.stop(name));
  return true;
};

/** Lets programs of the system start and stop units: `POST /units/NAME/start` and `stop` on a socket that only root may open. */
export const serveControl = (launcher: Launcher, socket: string): Promise<Server> => {
  rmSync(socket, { force: true });
  const server = createServer((request, response) => {
    act(launcher, request.method, request.url).then(
      (known) => response.writeHead(known ? 204 : 404).end(),
      (error: unknown) => response.writeHead(409).end(`${error instanceof Error ? error.message : String(error)}\n`),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(socket, () => resolve(server));
  });
};
