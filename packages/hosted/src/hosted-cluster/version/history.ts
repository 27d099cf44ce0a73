/** One release that was wanted, newest first in a history. */
export type HistoryEntry = {
  state: 'Completed' | 'Partial';
  startedTime: string;
  completionTime?: string | null | undefined;
  version?: string | undefined;
  image: string;
  verified: boolean;
};

const MOST = 100;
const NEWEST_KEPT = 5;

/** Points of upstream's cluster version operator: the entry with the fewest goes first. */
const POINTS = { important: 1000, edgeOfMinor: 30, partialNewMinor: 20, partialPatch: -20, perPlace: -1.01 } as const;

const minorOf = ({ version = '' }: HistoryEntry): string => version.split('.').slice(0, 2).join('.');

const isEdgeOfMinor = (history: readonly HistoryEntry[], index: number): boolean => {
  const entry = history[index];
  if (entry?.state !== 'Completed') return false;
  const same = history.flatMap((each, place) => (each.state === 'Completed' && minorOf(each) === minorOf(entry) ? [place] : []));
  return same[0] === index || same.at(-1) === index;
};

const pointsOfPartial = (history: readonly HistoryEntry[], index: number): number => {
  const [entry, before] = [history[index], history[index + 1]];
  if (entry?.state !== 'Partial' || before === undefined) return 0;
  return minorOf(entry) === minorOf(before) ? POINTS.partialPatch : POINTS.partialNewMinor;
};

const pointsOf = (history: readonly HistoryEntry[], index: number): number => {
  const lastCompleted = history.findIndex(({ state }) => state === 'Completed');
  if (index < NEWEST_KEPT || index === history.length - 1 || index === lastCompleted) return POINTS.important;
  const edge = isEdgeOfMinor(history, index) ? POINTS.edgeOfMinor : 0;
  return edge + pointsOfPartial(history, index) + index * POINTS.perPlace;
};

/** The history with at most 100 entries: the newest five, the first, the last completed one and the edges of each minor stay longest. */
export const pruned = (history: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  if (history.length <= MOST) return history;
  const points = history.map((_, index) => pointsOf(history, index));
  return pruned(history.toSpliced(points.indexOf(Math.min(...points)), 1));
};

/** The history with a newly wanted release in front; the one that it replaces ends here, whether it was completed or not. */
export const withEntry = (history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] => {
  const [newest, ...older] = history;
  if (newest === undefined) return [entry];
  const ended = newest.completionTime ? newest : { ...newest, completionTime: entry.startedTime };
  return pruned([entry, ended, ...older]);
};
