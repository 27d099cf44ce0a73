import { existsSync } from 'node:fs';
import { fieldManagers, LCA_NAMESPACE, SEED_GENERATOR_NAME, Secret, SeedGenerator } from '@godwit/api';
import { statusPatch, timeOf } from '@godwit/controller';
import { isApiError, type KubeObject, type ObjectName, type Resource } from '@godwit/kube';
import { readText, remove } from '../carried/files.ts';
import { seedPlaces } from './places.ts';
import { readPullSecret, replacePullSecret } from './pull-secret.ts';
import { readOrSetAside, readSaved } from './saved-file.ts';
import { type Moment, type SeedStatus, seedProgressed } from './seed-status.ts';
import type { SeedWorld } from './world.ts';

/** The name of the only request. */
export const requestName = { name: SEED_GENERATOR_NAME };

/** The Secret with the credentials for the seed image. */
export const SEED_SECRET = { namespace: LCA_NAMESPACE, name: 'seedgen' } as const;

const options = { fieldManager: fieldManagers.upgrade };

/** Whether a seed is being made, or what was taken out of the cluster for it is still to be put back. */
export const isRequestSaved = ({ host }: Pick<SeedWorld, 'host'>): boolean => existsSync(seedPlaces(host).request);

/** The request that a seed is being made for; undefined: none is. Throws an UnreadableFile when it was saved and cannot be read. */
export const savedRequest = ({ host }: Pick<SeedWorld, 'host'>): Promise<SeedGenerator | undefined> => readSaved(seedPlaces(host).request);

/** Changes the status of the request, as it is in the cluster by now; nothing where it is not there. */
export const changeStatus = async (
  { cluster, clock }: Pick<SeedWorld, 'cluster' | 'clock'>,
  change: (status: SeedStatus, moment: Moment) => SeedStatus,
): Promise<void> => {
  const found = await cluster.get(SeedGenerator, requestName);
  if (found === undefined) return;
  const before = found.status ?? {};
  const after = change(before, { now: timeOf(clock.now()), generation: found.metadata.generation });
  const patch = statusPatch(before, after);
  if (patch !== undefined) await cluster.patch(SeedGenerator, requestName, { status: patch }, { ...options, subresource: 'status' });
};

/** Says in the request what goes on. */
export const tell = (world: Pick<SeedWorld, 'cluster' | 'clock'>, message: string): Promise<void> =>
  changeStatus(world, (status, moment) => seedProgressed(status, message, moment));

const likeness = <T extends KubeObject>({ metadata: { name, namespace, labels, annotations }, ...object }: T): T =>
  ({
    ...object,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    },
  }) as T;

const remade = async <T extends KubeObject>(
  { cluster }: Pick<SeedWorld, 'cluster'>,
  kind: Resource<T>,
  name: ObjectName,
  saved: T,
): Promise<void> => {
  if ((await cluster.get(kind, name)) !== undefined) return;
  await cluster.create(kind, likeness(saved), options).catch((error: unknown) => {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  });
};

/**
 * Puts back into the cluster what was taken out of it for the seed: the request with its last status, its Secret, and the credentials. What
 * cannot be read does not keep the rest from being put back.
 */
export const putBack = async (world: SeedWorld): Promise<void> => {
  const places = seedPlaces(world.host);
  const { cluster } = world;
  const saved = await readOrSetAside<Secret>(world, places.secret);
  if (saved !== undefined) await remade(world, Secret, SEED_SECRET, saved);
  const pullSecret = await readText(places.pullSecret);
  if (pullSecret !== undefined && (await readPullSecret(cluster)) !== pullSecret) await replacePullSecret(cluster, pullSecret);
  const request = await readOrSetAside<SeedGenerator>(world, places.request);
  if (request === undefined) return;
  const isGone = (await cluster.get(SeedGenerator, requestName)) === undefined;
  const { status, ...rest } = request;
  await remade(world, SeedGenerator, requestName, rest as SeedGenerator);
  if (isGone && status !== undefined) await cluster.patch(SeedGenerator, requestName, { status }, { ...options, subresource: 'status' });
};

/** Forgets the request; nothing is put back any more. */
export const forgetRequest = async ({ host }: Pick<SeedWorld, 'host'>): Promise<void> => {
  const { kept, request, work, journal } = seedPlaces(host);
  await remove(work, journal);
  // The mark that something is under way goes before the folder, so that half a folder is never taken for one.
  await remove(request);
  await remove(kept);
};
