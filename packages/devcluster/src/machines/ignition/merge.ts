import type { DirectoryEntry, FileEntry, IgnitionConfig, LinkEntry, UnitEntry } from './config.ts';

/** What all configurations of a machine ask for together. */
export type Wanted = { directories: DirectoryEntry[]; files: FileEntry[]; links: LinkEntry[]; units: UnitEntry[] };

/** A machine of which nothing is wanted. */
export const NOTHING: Wanted = { directories: [], files: [], links: [], units: [] };

const said = <T extends object>(entry: T): Partial<T> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null && value !== undefined)) as Partial<T>;

/** Lays later entries over earlier ones of the same key; what the later one leaves out stays. The order of first mention is kept. */
const overlay = <T extends object>(earlier: readonly T[], later: readonly T[], keyOf: (entry: T) => string): T[] => {
  const merged = new Map(earlier.map((entry) => [keyOf(entry), entry]));
  for (const entry of later) {
    const before = merged.get(keyOf(entry));
    merged.set(keyOf(entry), before ? { ...before, ...said(entry) } : entry);
  }
  return [...merged.values()];
};

const nameOf = ({ name }: { name: string }): string => name;
const pathOf = ({ path }: { path: string }): string => path;

const overlayUnits = (earlier: readonly UnitEntry[], later: readonly UnitEntry[]): UnitEntry[] =>
  overlay(earlier, later, nameOf).map((entry) => {
    const both = [earlier, later].map((units) => units.find(({ name }) => name === entry.name)?.dropins ?? []);
    return { ...entry, dropins: overlay(both[0] ?? [], both[1] ?? [], nameOf) };
  });

/** Lays a configuration over what others ask for: by path for files, by name for units. */
export const merge = (base: Wanted, { storage, systemd }: Pick<IgnitionConfig, 'storage' | 'systemd'>): Wanted => ({
  directories: overlay(base.directories, storage?.directories ?? [], pathOf),
  files: overlay(base.files, storage?.files ?? [], pathOf),
  links: overlay(base.links, storage?.links ?? [], pathOf),
  units: overlayUnits(base.units, systemd?.units ?? []),
});
