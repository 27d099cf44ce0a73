import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../journal/journal-file.ts';
import { known, type Step } from '../journal/step.ts';
import { namesInArchive } from '../seed/archive-names.ts';
import { SEED_FILES } from '../seed/unpack.ts';
import { unpackArchive } from '../seed/unpack-archive.ts';
import { staterootOf } from '../seed/version.ts';
import { AUTO_ROLLBACK_FILE, autoRollbackConfig } from './auto-rollback.ts';
import { deleteFromEtc, parseEtcDeletions } from './etc-deletions.ts';
import { refuseLinks, refuseThroughLinks } from './refuse-links.ts';
import { type StaterootFacts, type StaterootWorld, workOf } from './world.ts';

type FillStep = Step<StaterootWorld, StaterootFacts>;

const GOES = 'It goes with the stateroot.';

const varOf = ({ host, request }: StaterootWorld): string => join(host.staterootPath(staterootOf(request.version)), 'var');

const copyOrigin: FillStep = {
  name: 'copy-origin',
  does: 'The deployment gets the origin that it had in the seed cluster.',
  undo: GOES,
  timeoutSeconds: 60,
  run: async (world, facts) => {
    const { folder } = known(facts, 'contents').deployment;
    const origin = await readFile(join(workOf(world).seed, `ostree-${folder}.origin`), 'utf8');
    await replaceFile(world.host.originPath(known(facts, 'deployment')), origin);
    return undefined;
  },
};

/** Unpacks a folder of the seed into one that may hold what the release, or an earlier attempt with another seed, has put there. */
const unpackInto = async (world: StaterootWorld, folder: string, file: string, member: string, signal: AbortSignal): Promise<void> => {
  const archive = join(workOf(world).seed, file);
  await refuseThroughLinks(folder, await namesInArchive(world.run, archive, member, signal));
  await unpackArchive(world, { archive, folder, member }, signal);
};

const fillVar: FillStep = {
  name: 'fill-var',
  does: 'The seed cluster’s /var is unpacked into the stateroot; a link in it must not lead out what is written there.',
  undo: GOES,
  timeoutSeconds: 1800,
  run: async (world, _facts, { signal }) => {
    const folder = dirname(varOf(world));
    await unpackInto(world, folder, SEED_FILES.var, 'var', signal);
    await refuseLinks(folder);
    return undefined;
  },
};

const fillEtc: FillStep = {
  name: 'fill-etc',
  does: 'What the seed cluster changed in /etc is unpacked over the deployment’s, and what it deleted is deleted.',
  undo: GOES,
  timeoutSeconds: 600,
  run: async (world, facts, { signal }) => {
    const folder = world.host.deploymentPath(known(facts, 'deployment'));
    await unpackInto(world, folder, SEED_FILES.etc, 'etc', signal);
    await deleteFromEtc(folder, parseEtcDeletions(await readFile(join(workOf(world).seed, SEED_FILES.etcDeletions), 'utf8')));
    return undefined;
  },
};

/** Everybody may write to /var/tmp: a link that lies there is not followed, and a file that is not ours not written to. */
const placed = async (from: string, to: string): Promise<void> => {
  await rm(to, { recursive: true, force: true });
  await replaceFile(to, await readFile(from, 'utf8'));
};

const handOver: FillStep = {
  name: 'hand-over',
  does: 'The list of images and the description of the seed are put where precaching and the upgrade look for them.',
  undo: 'Both files in /var/tmp are removed.',
  timeoutSeconds: 60,
  run: async (world) => {
    const tmp = join(world.host.root || '/', 'var/tmp');
    await mkdir(tmp, { recursive: true });
    for (const name of [SEED_FILES.images, SEED_FILES.info]) await placed(join(workOf(world).seed, name), join(tmp, name));
    return undefined;
  },
};

const writeAutoRollback: FillStep = {
  name: 'write-auto-rollback',
  does: 'The next release is told when it is to roll back by itself.',
  undo: GOES,
  timeoutSeconds: 60,
  run: async (world) => {
    await replaceFile(join(varOf(world), AUTO_ROLLBACK_FILE), JSON.stringify(autoRollbackConfig(world.request.autoRollback)));
    return undefined;
  },
};

const retainCrypto: FillStep = {
  name: 'retain-crypto',
  does: 'Keys and certificates that clients of the cluster trust are kept for the next release.',
  undo: GOES,
  timeoutSeconds: 60,
  run: async (world) => {
    for (const { name, from } of world.request.retained) {
      const text = await readFile(join(world.host.root || '/', from), 'utf8').catch(() => undefined);
      if (text !== undefined) await replaceFile(join(varOf(world), 'opt/openshift/kubeconfig-crypto', name), text);
    }
    return undefined;
  },
};

/** From a release that could boot to one that knows its cluster. */
export const fillSteps: readonly FillStep[] = [copyOrigin, fillVar, fillEtc, handOver, writeAutoRollback, retainCrypto];
