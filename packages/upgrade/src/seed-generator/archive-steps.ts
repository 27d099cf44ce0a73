import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeText } from '../carried/files.ts';
import { nodePlaces } from '../first-boot/places.ts';
import type { JournalRecord } from '../journal/journal-file.ts';
import { archiveEtc, archiveRepository, archiveVar } from '../seed/image/archive.ts';
import { SEED_FILES } from '../seed/unpack.ts';
import { bootedOf } from './booted.ts';
import { cleanStore } from './clean-store.ts';
import { isClusterStopped, startCluster, stopCluster } from './cluster-units.ts';
import { seedPlaces } from './places.ts';
import { putBack, tell } from './requests.ts';
import { besideVar, etcOfSeed, SECRETS_OF_VAR } from './seed-files.ts';
import { seedTexts } from './texts.ts';
import type { GenerationWorld, SeedStep } from './world.ts';

const STOP = 'stop-cluster';
const REMOVED = 'The archive is removed with its folder.';

/** Whether making a seed has got so far that the cluster may be down. */
export const mayHaveStopped = (journal: JournalRecord | undefined): boolean => journal?.steps.some(({ name }) => name === STOP) ?? false;

const stop: SeedStep = {
  name: STOP,
  does: 'The services of the cluster and all containers are stopped; the agent goes on.',
  undo: 'The services are started.',
  timeoutSeconds: 300,
  attempts: 2,
  // Once the archives are whole, it may run again.
  holds: async ({ run }, { archived }) => archived === true || isClusterStopped(run),
  run: async ({ run }) => {
    await stopCluster(run);
    return undefined;
  },
};

/** Runs what writes an archive, into a file of its own: what an agent that was killed has started may still write to the other one. */
const written = async (
  { run }: GenerationWorld,
  archive: string,
  command: readonly string[],
  signal: AbortSignal,
  input = '',
): Promise<void> => {
  await rm(archive, { force: true });
  await run(command, { input, signal });
  await run(['sync', archive]);
};

const cleanStoreStep: SeedStep = {
  name: 'clean-store',
  does: 'The store of the cluster is copied as it is now, without its past: what was deleted or replaced there is not in the seed.',
  undo: REMOVED,
  timeoutSeconds: 600,
  run: async (world, _facts, { signal }) => {
    const { work, store } = seedPlaces(world.host);
    const { stateroot } = await bootedOf(world);
    await cleanStore(world, { from: join(world.host.staterootPath(stateroot), nodePlaces.etcd), work, to: store }, signal);
    return undefined;
  },
};

const archiveVarStep: SeedStep = {
  name: 'archive-var',
  does: 'What is in /var and belongs to no single machine is archived, and the copy of the store in the place of the store.',
  undo: REMOVED,
  timeoutSeconds: 3600,
  run: async (world, _facts, { signal }) => {
    const { files, beside } = seedPlaces(world.host);
    const { stateroot } = await bootedOf(world);
    const archive = join(files, SEED_FILES.var);
    const command = [...archiveVar(world.host.staterootPath(stateroot), archive, SECRETS_OF_VAR), ...besideVar(beside)];
    await written(world, archive, command, signal);
    return undefined;
  },
};

const archiveEtcStep: SeedStep = {
  name: 'archive-etc',
  does: 'What was changed in /etc is archived, and what was deleted there is listed.',
  undo: REMOVED,
  timeoutSeconds: 600,
  run: async (world, _facts, { signal }) => {
    const { host } = world;
    const { files } = seedPlaces(host);
    const booted = await bootedOf(world);
    const etc = etcOfSeed(await host.etcChanges(booted));
    const archive = join(files, SEED_FILES.etc);
    await written(world, archive, archiveEtc(host.deploymentPath(booted), archive, ['--no-recursion']), signal, lines(etc.files));
    await writeText(join(files, SEED_FILES.etcDeletions), lines(etc.deletions));
    return { archived: true };
  },
};

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

const start: SeedStep = {
  name: 'start-cluster',
  does: 'The services of the cluster are started again.',
  undo: 'There is nothing to take back.',
  timeoutSeconds: 600,
  attempts: 3,
  run: async ({ run }) => {
    await startCluster(run);
    return undefined;
  },
};

const showAgain: SeedStep = {
  name: 'show-again',
  does: 'The request, its Secret and the credentials of the cluster are put back.',
  undo: 'There is nothing to take back.',
  timeoutSeconds: 600,
  attempts: 30,
  run: async (world) => {
    await putBack(world);
    await tell(world, seedTexts.finalizing);
    return undefined;
  },
};

const archiveRepositoryStep: SeedStep = {
  name: 'archive-repository',
  does: 'The one commit that is booted is archived, in a repository of its own.',
  undo: REMOVED,
  timeoutSeconds: 3600,
  run: async (world, _facts, { signal }) => {
    const { files, work } = seedPlaces(world.host);
    const { checksum } = await bootedOf(world);
    const archive = join(files, SEED_FILES.repository);
    await mkdir(work, { recursive: true });
    const repository = await mkdtemp(join(work, 'repository-'));
    try {
      await world.host.exportCommit(checksum, repository, signal);
      await written(world, archive, archiveRepository(repository, archive), signal);
    } finally {
      await rm(repository, { recursive: true, force: true });
    }
    return undefined;
  },
};

/** From a cluster that is ready for it to archives of all that it is, and back to a cluster that runs; in order. */
export const archiveSteps: readonly SeedStep[] = [
  stop,
  cleanStoreStep,
  archiveVarStep,
  archiveEtcStep,
  start,
  showAgain,
  archiveRepositoryStep,
];
