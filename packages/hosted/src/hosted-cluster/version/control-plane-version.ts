import { type HistoryEntry, withEntry } from './history.ts';
import { isSameImage } from './image.ts';

/** `status.controlPlaneVersion`. */
export type ControlPlaneVersion = {
  desired: { image: string; version?: string | undefined };
  history: readonly HistoryEntry[];
  observedGeneration: number;
};

/** What decides about the version of the control plane alone. */
export type VersionFacts = {
  before: Partial<ControlPlaneVersion> | undefined;
  /** The image that is wanted: `controlPlaneRelease`, else `release`. */
  image: string;
  /** Its version; undefined while it could not be read. */
  version: string | undefined;
  components: readonly { version: string | undefined; rolledOut: boolean }[];
  generation: number;
  now: string;
};

const isComplete = ({ version, components }: VersionFacts): boolean =>
  components.every((component) => component.rolledOut && component.version === version);

const completed = (facts: VersionFacts, [newest, ...older]: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  if (newest === undefined || newest.state === 'Completed' || !isComplete(facts)) return newest === undefined ? [] : [newest, ...older];
  return [{ ...newest, state: 'Completed', completionTime: facts.now }, ...older];
};

/**
 * The next `status.controlPlaneVersion`: a new image is a Partial entry in front, and is completed on a later pass, when every component
 * reports its version and has rolled out. Without components nothing can be said but what is wanted. Pure.
 */
export const controlPlaneVersion = (facts: VersionFacts): ControlPlaneVersion => {
  const { before, image, version, components, generation, now } = facts;
  const history = before?.history ?? [];
  const next = { desired: { image, ...(version === undefined ? {} : { version }) }, observedGeneration: generation };
  if (components.length === 0 || version === undefined) return { ...next, history };
  if (isSameImage(image, history[0]?.image)) return { ...next, history: completed(facts, history) };
  const entry: HistoryEntry = { state: 'Partial', startedTime: now, version, image, verified: false };
  return { ...next, history: withEntry(history, entry) };
};
