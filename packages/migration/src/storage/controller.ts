import { type Condition, MigStorage, Secret } from '@godwit/api';
import { type Controller, keyOf, nameOf, observedDigest, type Reader, type Round, timeOf } from '@godwit/controller';
import { judgeAll } from '../shared/check.ts';
import { reportingFailure } from '../shared/reconcile-failed.ts';
import { record } from '../shared/record.ts';
import { retestAfter } from '../shared/retest.ts';
import { settledConditions } from '../shared/settle.ts';
import { specChanges } from '../shared/source-of.ts';
import type { World } from '../world.ts';
import { accessWith, readCredentials } from './access.ts';
import { settingsChecks, storageChecks } from './checks.ts';
import type { Credentials } from './credentials.ts';
import type { StorageFacts, StoreFacts } from './facts.ts';
import { probeStore } from './probe.ts';
import { type LastWrite, probeDepth } from './probe-depth.ts';

const READY = 'The storage is ready.';

const references = ({ spec }: MigStorage) => [spec.backupStorageConfig.credsSecretRef, spec.volumeSnapshotConfig?.credsSecretRef];

const watchSecrets = ({ connections }: World, storages: Reader<MigStorage>, storage: MigStorage, round: Round): void => {
  const refersTo = (each: MigStorage, { metadata }: Secret): boolean =>
    references(each).some(
      (reference) => reference?.name === metadata.name && (reference?.namespace ?? each.metadata.namespace) === metadata.namespace,
    );
  const keys = (secret: Secret): string[] =>
    storages
      .list()
      .filter((each) => refersTo(each, secret))
      .map(keyOf);
  for (const reference of references(storage)) {
    if (reference?.name)
      round.watch({ client: connections.host, resource: Secret, namespace: reference.namespace ?? storage.metadata.namespace ?? '', keys });
  }
};

const testStore = async (
  world: World,
  storage: MigStorage,
  credentials: Credentials | undefined,
  writes: Map<string, LastWrite>,
): Promise<StoreFacts> => {
  const access = accessWith(storage, credentials);
  const { uid = '' } = storage.metadata;
  const now = world.clock.now();
  const digest = observedDigest(access);
  const depth = probeDepth({ digest, refresh: storage.spec.refresh === true, last: writes.get(uid), now });
  const facts = await probeStore(world.openStore(access), depth, world.randomName(8));
  if (depth === 'write' && facts !== 'untested') writes.set(uid, { digest, at: now, answered: facts.answered });
  return facts;
};

const isTestable = (facts: StorageFacts): boolean =>
  ['aws', 'godwit.io/filesystem'].includes(facts.storage.spec.backupStorageProvider) && judgeAll(settingsChecks, facts).claims.length === 0;

const judge = async (world: World, storage: MigStorage, writes: Map<string, LastWrite>): Promise<Condition[]> => {
  const credentials = await readCredentials(world, storage);
  const snapshotCredentials = await readCredentials(world, storage, storage.spec.volumeSnapshotConfig?.credsSecretRef ?? {});
  const facts: StorageFacts = { storage, credentials, snapshotCredentials, store: 'untested' };
  const store = isTestable(facts) ? await testStore(world, storage, credentials, writes) : 'untested';
  const conditions = settledConditions(
    storage.status?.conditions ?? [],
    judgeAll(storageChecks, { ...facts, store }),
    timeOf(world.clock.now()),
    { message: READY },
  );
  await record(world, MigStorage, storage, { status: { conditions } });
  return conditions;
};

/** Tests that the stores can be used, and says what is wrong. */
export const migStorageController = (world: World): Controller => {
  const writes = new Map<string, LastWrite>();
  const { namespace } = world.settings;
  return {
    name: 'migstorage',
    sources: [specChanges(world.connections.host, MigStorage, world.settings.namespace)],
    reconcile: async (key, round) => {
      const storages = await world.cache(world.connections.host, MigStorage, { namespace });
      const storage = await world.connections.host.get(MigStorage, nameOf(key));
      if (storage === undefined || storage.metadata.deletionTimestamp !== undefined) return undefined;
      watchSecrets(world, storages, storage, round);
      return { after: retestAfter(await reportingFailure(world, MigStorage, storage, () => judge(world, storage, writes))) };
    },
  };
};
