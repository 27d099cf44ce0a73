import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isAbsent } from '../carried/files.ts';
import { CommandFailed } from '../host/run.ts';
import type { RegistryAccess } from '../seed/access.ts';
import { registryOf } from '../seed/reference.ts';
import { credentialsFor } from './credentials.ts';
import { callImageService, field } from './image-service.ts';
import type { ImageRuntime } from './runtime.ts';

/** A containerd that serves a kubelet, and the credentials that it is given; mirrors and certificates of registries it knows itself. */
export type Containerd = {
  /** Its socket. Default /run/containerd/containerd.sock. */
  readonly address?: string;
  readonly access?: Pick<RegistryAccess, 'authFile'>;
};

const PATIENCE = { times: 20, milliseconds: 1000 } as const;

/** Nobody listens on its socket, or it has only just begun to. */
const isAway = (error: unknown): boolean =>
  error instanceof CommandFailed
    ? error.said.includes('server is not initialized yet')
    : isAbsent(error) || (error as { code?: unknown }).code === 'ECONNREFUSED';

/** Waits for a containerd that restarts: a node's runtime may end at any time, and is started again. */
const patiently = async <T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  for (let left: number = PATIENCE.times; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left <= 0 || !isAway(error)) throw error;
      await pause(PATIENCE.milliseconds, undefined, { signal });
    }
  }
};

/** The registry that answers for this one. */
const serverOf = (registry: string): string => (registry === 'docker.io' ? 'registry-1.docker.io' : registry);

/** Credentials as a kubelet hands them over; with the address, so that no mirror gets to see them. */
const authentication = (image: string, credentials: string): Buffer =>
  field(2, field(3, credentials), field(4, `https://${serverOf(registryOf(image))}`));

/** Images of the kubelet's containerd, looked for and pulled as the kubelet would. */
export const containerdRuntime = ({ address = '/run/containerd/containerd.sock', access = {} }: Containerd): ImageRuntime => {
  const call = (method: string, request: Buffer, signal?: AbortSignal): Promise<Buffer> =>
    patiently(() => callImageService(address, method, request, signal), signal);
  const named = (image: string): Buffer => field(1, field(1, image));
  return {
    // an image that is absent is an empty answer
    has: async (image) => (await call('ImageStatus', named(image))).length > 0,
    pull: async (image, signal) => {
      const text = access.authFile === undefined ? undefined : await readFile(access.authFile, 'utf8');
      const credentials = text === undefined ? undefined : credentialsFor(text, image);
      const known = credentials === undefined ? [] : [authentication(image, credentials)];
      await call('PullImage', Buffer.concat([named(image), ...known]), signal);
    },
  };
};
