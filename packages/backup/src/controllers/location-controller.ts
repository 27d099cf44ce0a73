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

/** Tells a location that was made anew from the one before it, also when both say the same. */
const specOf = ({ metadata, spec }: BackupStorageLocation): string => `${metadata.uid} ${JSON.stringify(spec)}`;

const isDue = (location: BackupStorageLocation, memory: Memory | undefined, now: number): boolean => {
  if (!memory || memory.spec !== specOf(location)) return true;
  const period = secondsOfDuration(location.spec.validationFrequency) ?? DEFAULT_PERIOD_SECONDS;
  return period > 0 && now - memory.testedAt >= period * 1000;
};

/** Makes the backups of an available location visible; says when, unless backups are not to be synced. */
const sync = async (context: Context, location: BackupStorageLocation, store: ObjectStore): Promise<object> => {
  if (secondsOfDuration(location.spec.backupSyncPeriod) === 0) return {};
  await syncBackups(context, location, store);
  return { lastSyncedTime: stamp(context.clock.now()) };
};

const test = async (context: Context, location: BackupStorageLocation): Promise<void> => {
  const { client, clock, namespace } = context;
  const { store, message } = await examine(context, location);
  const synced = store ? await sync(context, location, store) : {};
  const status = { phase: store ? 'Available' : 'Unavailable', message, lastValidationTime: stamp(clock.now()), ...synced };
  await client.patch(LOCATIONS, { namespace, name: location.metadata.name ?? '' }, { status }, { type: 'merge' });
};

/** A backup was completed somewhere: an available location may hold it. Its next test says when it was synced. */
const syncAlone = async (context: Context, location: BackupStorageLocation): Promise<void> => {
  const { store } = location.status?.phase === 'Available' ? await examine(context, location) : {};
  if (store) await sync(context, location, store);
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
  context.completions.subscribe({ server: context.client.server, location: nameOf(key).name }, () => {
    const memory = memories.get(key);
    if (memory) memory.dirty = true;
    round.wake(key);
  });
  const now = context.clock.now().getTime();
  const memory = memories.get(key);
  const due = isDue(location, memory, now);
  if ((!due && !memory?.dirty) || (await isLeftToVelero(context))) return { after: '60s' };
  memories.set(key, { spec: specOf(location), testedAt: due ? now : (memory?.testedAt ?? now), dirty: false });
  await (due ? test : syncAlone)(context, location);
  return { after: '60s' };
};

/** Tests the BackupStorageLocations of a cluster each minute, and makes the backups that they hold visible. */
export const locationController = (context: Context): Controller => {
  const memories = new Map<string, Memory>();
  return {
    name: 'backup-storage-location',
    sources: [
      {
        client: context.client,
        resource: LOCATIONS,
        namespace: context.namespace,
        // Its own writes of the status are no news.
        keys: (object) => (memories.get(keyOf(object))?.spec === specOf(object as BackupStorageLocation) ? [] : [keyOf(object)]),
      },
    ],
    reconcile: (key, round) => reconcile(context, memories, key, round),
  };
};
