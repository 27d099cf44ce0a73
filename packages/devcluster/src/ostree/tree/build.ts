import { CONTROL_PLANE_PROGRAMS, findPrograms, NODE_PROGRAMS } from '../../binaries/programs.ts';
import { sourceHash } from '../../binaries/source.ts';
import { installDebianPackages } from '../../debian/install.ts';
import { DEBIAN_PACKAGES, UPGRADE_DEBIAN_PACKAGES } from '../../debian/packages.ts';
import { withLock } from '../../host/lock.ts';
import { type Progress, silent } from '../../progress.ts';
import { commitLayer, lowerLayers } from './layers.ts';
import { type Release, releaseTexts, writeRelease } from './release.ts';
import { requireRepository } from './repository.ts';

/** A release as it lies in a repository. */
export type BuiltRelease = { version: string; repository: string; ref: string; commit: string };

/** Returns a release's tree; builds what of it the cache does not hold. Releases share all files that are equal. */
export const buildRelease = async (release: Release, progress: Progress = silent): Promise<BuiltRelease> => {
  await installDebianPackages(progress, [...DEBIAN_PACKAGES, ...UPGRADE_DEBIAN_PACKAGES]);
  const programs = await findPrograms([...CONTROL_PLANE_PROGRAMS, ...NODE_PROGRAMS], progress);
  const repository = await requireRepository();
  const build = async (): Promise<BuiltRelease> => {
    const lower = lowerLayers(programs);
    for (const layer of lower) await commitLayer(repository, layer, [], progress);
    const below = lower.map(({ ref }) => ({ ref }));
    const { version } = release;
    const hash = sourceHash([...below.map(({ ref }) => ref), ...releaseTexts(release)]);
    const layer = { ref: `release/${version}-${hash}`, title: `release ${version}`, write: (tree: string) => writeRelease(tree, release) };
    return { version, repository, ref: layer.ref, commit: await commitLayer(repository, layer, below, progress) };
  };
  return withLock(`${repository}.lock`, build, progress);
};
