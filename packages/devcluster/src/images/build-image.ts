import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, sourceHash } from '../binaries/source.ts';
import { installDebianPackages } from '../debian/install.ts';
import { withLock } from '../host/lock.ts';
import { type Progress, step } from '../progress.ts';
import type { ImageRecipe } from './catalogue.ts';
import { debianSources } from './debian-sources.ts';
import { writeOciArchive } from './oci-archive.ts';
import { architecture } from './oci-documents.ts';
import { buildRootFileSystem } from './root-file-system.ts';

/** Where the archive of a recipe is kept; another recipe has another file. Which mirror the packages come from does not matter. */
export const cachedArchive = (recipe: ImageRecipe, cache: string = cacheFolder()): string =>
  join(cache, 'images', `${basename(recipe.name).replace(/:.*/, '')}-${sourceHash([JSON.stringify(recipe), architecture()])}.tar`);

const make = async (recipe: ImageRecipe, archive: string): Promise<void> => {
  // Always the same place: the next build clears away what a killed one has left.
  const folder = `${archive}.draft`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [layer, draft] = [join(folder, 'layer.tar'), join(folder, 'image.tar')];
  try {
    await buildRootFileSystem(recipe, await debianSources(), layer);
    await writeOciArchive({ archive: draft, name: recipe.name, layer });
    renameSync(draft, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Returns the OCI archive of an image; builds it first when the cache does not hold it (about half a minute, and the download). */
export const buildImage = async (recipe: ImageRecipe, progress: Progress): Promise<string> => {
  const archive = cachedArchive(recipe);
  if (existsSync(archive)) return archive;
  await installDebianPackages(progress);
  await withLock(
    `${archive}.lock`,
    async () => {
      if (existsSync(archive)) return;
      await step(progress, `Building the image ${recipe.name} from Debian packages into ${archive}`, () => make(recipe, archive));
    },
    progress,
  );
  return archive;
};
