import { join } from 'node:path';
import type { UpgradeFinding } from '@godwit/api';
import { agentFiles } from '../carried/paths.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { HostError } from '../host/host-error.ts';
import { seedInfoOf } from '../seed/cluster-info.ts';
import { seedProblems } from '../seed/compatibility.ts';
import { inspectSeed, type SeedImage } from '../seed/inspect.ts';
import { spaceProblem } from '../seed/space.ts';
import type { ExaminedSeed } from './examined-seed.ts';
import type { PrepMeans } from './means.ts';
import { errorsOf, prepCodes } from './prep-findings.ts';
import { PullSecretMissing, withSeedAccess } from './seed-access.ts';
import { readSeedTarget } from './seed-target.ts';

const IMAGE = 'spec.seedImageRef.image';

/** Labels that cannot be read are as good as labels that do not fit. */
const problemsOf = async ({ cluster }: StageScope, seed: SeedImage, storage: string | undefined): Promise<string[]> => {
  try {
    // where a host is only a folder, whatever the seed wants will do
    const wanted = storage ?? seedInfoOf(seed.labels)?.container_storage_mountpoint_target ?? '';
    return seedProblems(seed, await readSeedTarget(cluster, wanted));
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not describe a seed cluster')) return [error.message];
    throw error;
  }
};

const ofSpace = async ({ host }: StageScope, { bytes }: SeedImage): Promise<UpgradeFinding[]> => {
  const { free } = await host.freeSpace(join(host.root || '/', agentFiles.workspace));
  return errorsOf(prepCodes.space, agentFiles.workspace, [spaceProblem(bytes, free, agentFiles.folder)], 'Free some space on the host');
};

/** What came out at the seed image; `examined` is missing where nobody could read it. */
export type SeedExamination = { readonly findings: readonly UpgradeFinding[]; readonly examined?: ExaminedSeed };

const unread = (message: string): SeedExamination => ({ findings: errorsOf(prepCodes.seed, IMAGE, [message]) });

/** What is found at the seed image and at the room for it, before any of it is pulled. The workspace must be there. */
export const examineSeed = async (scope: StageScope, means: PrepMeans, storage: string | undefined): Promise<SeedExamination> => {
  const upgrade = scope.upgrade.current();
  const { image } = upgrade.spec?.seedImageRef ?? {};
  if (!image) return unread(`${IMAGE} is empty`);
  try {
    const seed = await withSeedAccess(scope, upgrade, means.access(scope.host), (access) =>
      inspectSeed(image, access, means.run, scope.signal),
    );
    const findings = [...errorsOf(prepCodes.seed, IMAGE, await problemsOf(scope, seed, storage)), ...(await ofSpace(scope, seed))];
    return { findings, examined: { image, digest: seed.digest } };
  } catch (error) {
    if (error instanceof PullSecretMissing || error instanceof HostError) return unread(error.message);
    throw error;
  }
};
