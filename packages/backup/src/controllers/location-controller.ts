import type { Controller, Round } from '@godwit/controller';
import { keyOf, nameOf } from '@godwit/controller';
import type { ObjectStore } from '@godwit/objectstore';
import { type BackupStorageLocation, LOCATIONS } from '../velero.ts';
import { isLeftToVelero } from './claim.ts';
import { secondsOfDuration } from './duration.ts';
import { layoutProblem, openLocation } from './open-location.ts';
import { type Context, stamp } from './options.ts';
import { reasonOf } from './run-guard.ts';
import { syncBackups } from './sync-backups.ts';

const DEFAULT_PERIOD_SECONDS = 60;

/** When a location was last tested and synced, and what it said then. */
type Memory = { spec: string; testedAt: number; dirty: boolean };

const examine = async (context: Context, location: BackupStorageLocation): Promise<{ store?: ObjectStore; message: string }> => {
  try {
    const store = await openLocation(context, location);
    const problem = layoutProblem(await store.folders(''));
    return problem === undefined ? { store, message: '' } : { message: problem };
  } catch (error) {
    return { message: `BackupStorageLocation ${location.metadata.name} is unavailable: ${reasonOf(error)}` };
  }
};

const isDue = ({ spec }: BackupStorageLocation, memory: Memory | undefined, now: number): boolean => {
  if (!memory || memory.dirty || memory.spec !== JSON.stringify(spec)) return true;
  const period = secondsOfDuration(spec.validationFrequency) ?? DEFAULT_PERIOD_SECONDS;
  return period > 0 && now - memory.testedAt >= period * 1000;
};

const test = async (context: Context, location: BackupStorageLocation): Promise<void> => {
  const { client, clock, namespace } = context;
  const { store, message } = await examine(context, location);
  const now = stamp(clock.now());
  const phase = store ? 'Available' : 'Unavailable';
  const syncs = store && secondsOfDuration(location.spec.backupSyncPeriod) !== 0;
  const write = (status: object) =>
    client.patch(LOCATIONS, { namespace, name: location.metadata.name ?? '' }, { status }, { type: 'merge' });
  await write({ phase, message, lastValidationTime: now });
  if (!syncs || !store) return;
  await syncBackups(context, location, store);
  await write({ lastSyncedTime: now });
};

const reconcile = async (
  context: Context,
  memories: Map<string, Memory>,
  key: string,
  round: Round,
): Promise<{ after: '60s' } | undefined> => {
  const location = await context.client.get(LOCATIONS, nameOf(key));
  if (!location) {
    memories.delete(key);
    return undefined;
  }
  context.completions.subscribe(`${context.client.server} ${key}`, () => {
    const memory = memories.get(key);
    if (memory) memory.dirty = true;
    round.wake(key);
  });
  const now = context.clock.now().getTime();
  if (!isDue(location, memories.get(key), now) || (await isLeftToVelero(context))) return { after: '60s' };
  memories.set(key, { spec: JSON.stringify(location.spec), testedAt: now, dirty: false });
  await test(context, location);
  return { after: '60s' };
};

/** Tests the BackupStorageLocations of a cluster each minute, and makes the backups that they hold visible. */
export const locationController = (context: Context): Controller => {
  const memories = new Map<string, Memory>();
  return {
    name: 'backup-storage-location',
    sources: [{ client: context.client, resource: LOCATIONS, namespace: context.namespace, keys: (object) => [keyOf(object)] }],
    reconcile: (key, round) => reconcile(context, memories, key, round),
  };
};
