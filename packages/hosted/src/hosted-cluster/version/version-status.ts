import type { HistoryEntry } from './history.ts';
import { isSameImage } from './image.ts';

/** `status.version` as far as this controller fills it in; everything else in it is the control plane's. */
export type VersionStatus = {
  desired: { image: string; version?: string | undefined };
  history?: readonly HistoryEntry[] | undefined;
  observedGeneration: number;
};

/** The next `status.version`: what the control plane says, and before it says anything one Partial entry for the wanted image. Pure. */
export const versionStatus = <T extends VersionStatus>({
  fromControlPlane,
  before,
  image,
  version,
  generation,
  now,
}: {
  fromControlPlane: T | undefined;
  before: T | undefined;
  image: string;
  version: string | undefined;
  generation: number;
  now: string;
}): T | VersionStatus => {
  if (fromControlPlane !== undefined) return fromControlPlane;
  if (before !== undefined && isSameImage(image, before.desired.image)) return before;
  const named = version === undefined ? {} : { version };
  const entry: HistoryEntry = { state: 'Partial', startedTime: now, image, verified: false, ...named };
  return { desired: { image, ...named }, history: [entry], observedGeneration: generation };
};
