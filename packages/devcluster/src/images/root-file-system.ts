import { run } from '../processes/run.ts';
import type { ImageRecipe } from './catalogue.ts';

/** Every file's youngest possible time, in seconds since 1970, so that the same packages make the same bytes. */
const EPOCH = '1700000000';

/** The mmdebstrap command that makes a recipe's root file system: what Debian calls essential, and the recipe's packages. */
export const mmdebstrapCommand = (recipe: ImageRecipe, sources: readonly string[], tar: string): string[] => [
  'mmdebstrap',
  '--variant=essential',
  '--format=tar',
  `--include=${recipe.packages.join(',')}`,
  '--aptopt=APT::Install-Recommends "false"',
  ...recipe.exclude.map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
  ...recipe.prepare.map((line) => `--essential-hook=${line}`),
  `--customize-hook=cd "$1" && rm -rf ${recipe.remove.join(' ')}`,
  '', // the suite stands in each line of the sources
  tar,
  sources.join('\n'),
];

/** Writes a recipe's root file system as a tar; root rights are not needed where user namespaces are allowed. */
export const buildRootFileSystem = async (recipe: ImageRecipe, sources: readonly string[], tar: string): Promise<void> => {
  await run(mmdebstrapCommand(recipe, sources, tar), { env: { SOURCE_DATE_EPOCH: EPOCH, LC_ALL: 'C.UTF-8' } });
};
