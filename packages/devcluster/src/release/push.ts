import { pushImage } from '../images/push-image.ts';
import { type Progress, silent, step } from '../progress.ts';
import { requireState } from '../sets/state.ts';
import { buildReleases, payloadTag, releaseTag } from './build.ts';
import { PAYLOAD_REPOSITORY, RELEASE_REPOSITORY, releaseImage } from './manifests.ts';
import { PAYLOAD, type PayloadName, RELEASES } from './payload.ts';

const copies = RELEASES.flatMap(({ version }) => [
  ...(Object.keys(PAYLOAD) as PayloadName[]).map((name) => {
    const tag = payloadTag(version, name);
    return { tag, to: `${PAYLOAD_REPOSITORY}:${tag}` };
  }),
  { tag: releaseTag(version), to: `${RELEASE_REPOSITORY}:${version}` },
]);

/** Builds all releases unless they are cached, pushes them to the registry of a set, and returns their images by version; a second push uploads nothing. */
export const pushReleases = async (set: string, progress: Progress = silent): Promise<Record<string, string>> => {
  const { registry, authorityPath } = requireState(set);
  if (!registry || !authorityPath)
    throw new Error(
      `Set ${set} has no registry: it consists of control planes only. Start one with nodes: godwit-dev up --hosted --set ID`,
    );
  const layout = await buildReleases(progress);
  await step(progress, `Pushing releases ${RELEASES.map(({ version }) => version).join(' and ')} to ${registry}`, async () => {
    for (const { tag, to } of copies) await pushImage({ layout, tag, reference: `${registry}/${to}`, authority: authorityPath });
  });
  return Object.fromEntries(RELEASES.map(({ version }) => [version, releaseImage(version)]));
};
