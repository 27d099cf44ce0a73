import { HostError } from '../host/host-error.ts';
import { CommandFailed } from '../host/run.ts';
import { replaceFile } from '../journal/journal-file.ts';
import { causeIn } from '../seed/skopeo.ts';
import type { ImageRuntime } from './runtime.ts';

/** How far precaching is, in upstream's words; `failed_pulls` names the images. */
export type PrecacheStatus = {
  readonly total: number;
  readonly pulled: number;
  readonly failed: number;
  readonly failed_pulls: readonly string[];
};

/** What is brought before the upgrade, so that the new release starts without a registry. */
export type Precaching = {
  readonly images: readonly string[];
  readonly runtime: ImageRuntime;
  readonly signal: AbortSignal;
  /** How many images are pulled at a time; below 1: the default, 10. */
  readonly threads?: number;
  /** Whether missing images are only told, and not an error. */
  readonly bestEffort?: boolean;
  /** A file that says how far it is; it is replaced after every image. */
  readonly statusFile?: string;
  progress?(status: PrecacheStatus): void;
};

const ATTEMPTS = 5;
const THREADS = 10;

/** A registry that answers so has no such image, however often it is asked. */
const HOPELESS = /manifest unknown|not found/i;

/** Why an image does not come; undefined: it is there. */
const bring = async (image: string, { runtime, signal }: Precaching): Promise<CommandFailed | undefined> => {
  if (await runtime.has(image)) return undefined;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      await runtime.pull(image, signal);
      return undefined;
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (attempt === ATTEMPTS || HOPELESS.test(error.said)) return error;
    }
  }
};

const bringAll = async (
  precaching: Precaching,
  came: (image: string, failure: CommandFailed | undefined) => Promise<void>,
): Promise<void> => {
  const { images, threads = THREADS } = precaching;
  const left = [...images];
  const work = async (): Promise<void> => {
    for (let image = left.shift(); image !== undefined; image = left.shift()) await came(image, await bring(image, precaching));
  };
  const workers = Math.min(images.length, threads < 1 ? THREADS : threads);
  await Promise.all(Array.from({ length: workers }, work));
};

/** The condition tells of the first image why it does not come, which is mostly true of all; the log has the rest. */
const refusal = (missing: readonly string[], failures: ReadonlyMap<string, CommandFailed>): HostError => {
  const reasons = missing.flatMap((image) => failures.get(image) ?? []);
  return new HostError(
    `failed to pre-cache one or more images: ${missing.join(', ')}`,
    'Check that the registry has them and lets this node read them, set the stage to Idle, then to Prep',
    new AggregateError(reasons, causeIn(reasons[0]?.said ?? '')),
  );
};

/** Brings every image, all or nothing. Images that are there already are not pulled, so that it goes on where it was cut short. */
export const precacheImages = async (precaching: Precaching): Promise<PrecacheStatus> => {
  const { images, runtime, statusFile, bestEffort = false } = precaching;
  if (images.length === 0)
    throw new HostError('no images specified for precaching', 'Make the seed image again: its containers.list is empty');
  let status: PrecacheStatus = { total: images.length, pulled: 0, failed: 0, failed_pulls: [] };
  let written = Promise.resolve();
  const tell = (next: PrecacheStatus): Promise<void> => {
    status = next;
    precaching.progress?.(next);
    // One after the other, so that the file never goes back.
    if (statusFile !== undefined) written = written.then(() => replaceFile(statusFile, JSON.stringify(next)));
    return written;
  };
  await tell(status);
  const failures = new Map<string, CommandFailed>();
  await bringAll(precaching, (image, failure) => {
    if (failure === undefined) return tell({ ...status, pulled: status.pulled + 1 });
    failures.set(image, failure);
    return tell({ ...status, failed: status.failed + 1, failed_pulls: [...status.failed_pulls, image] });
  });
  const there = await Promise.all(status.failed_pulls.map((image) => runtime.has(image)));
  const missing = status.failed_pulls.filter((_image, index) => !there[index]);
  if (missing.length < status.failed)
    await tell({ ...status, pulled: images.length - missing.length, failed: missing.length, failed_pulls: missing });
  if (missing.length > 0 && !bestEffort) throw refusal(missing, failures);
  return status;
};
