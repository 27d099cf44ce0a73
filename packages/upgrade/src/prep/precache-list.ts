import { join } from 'node:path';
import { readText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { imagesToPrecache, replacesRegistry, rewriteRegistry } from '../precache/registry.ts';
import { parseSeedClusterInfo } from '../seed/cluster-info.ts';
import { registryOf } from '../seed/reference.ts';
import { listIfServed, openShift } from './open-shift.ts';

const sourcesOf = async ({ cluster }: StageScope): Promise<string[]> => {
  const [sets, policies] = await Promise.all([
    listIfServed(cluster, openShift.ImageDigestMirrorSet),
    listIfServed(cluster, openShift.ImageContentSourcePolicy),
  ]);
  return [...sets, ...policies].flatMap(({ spec }) =>
    [...(spec?.imageDigestMirrors ?? []), ...(spec?.repositoryDigestMirrors ?? [])].flatMap(({ source }) => (source ? [source] : [])),
  );
};

/** How names of the seed's images become names that this cluster can pull; without a release registry of its own they stay. */
const rewriterOf = async (scope: StageScope): Promise<(image: string) => string> => {
  const text = await readText(join(scope.host.root, agentFiles.seedManifest));
  const release = (await scope.cluster.get(openShift.ClusterVersion, { name: 'version' }))?.status?.desired?.image;
  const info = text === undefined ? undefined : parseSeedClusterInfo(text, agentFiles.seedManifest);
  const seedRegistry = info?.release_registry ?? '';
  if (release === undefined || seedRegistry === '') return (image) => image;
  const facts = { seedRegistry, seedHasMirror: info?.mirror_registry_configured ?? false, mirrorSources: await sourcesOf(scope) };
  return replacesRegistry(facts) ? (image) => rewriteRegistry(image, seedRegistry, registryOf(release)) : (image) => image;
};

/** The images that the new release needs, as this cluster pulls them. */
export const readPrecacheList = async (scope: StageScope): Promise<string[]> =>
  imagesToPrecache((await readText(join(scope.host.root, agentFiles.containersList))) ?? '', await rewriterOf(scope));
