import { belongsToSeed, holdsText, namesInKeys, resourceOf, type SeedNames } from './belongs-to-seed.ts';
import type { EtcdStore } from './etcd-store.ts';

/** What taking a copied store over came to. */
export type Adoption = {
  /** The names of the seed's node that were looked for. */
  readonly names: readonly string[];
  /** How many objects were removed, by resource. */
  readonly removed: Readonly<Record<string, number>>;
  /** How many objects are left. */
  readonly kept: number;
  /** Keys of objects that are left although they hold one of the names; a person may want to look at them. */
  readonly mentions: readonly string[];
};

const counted = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[resourceOf(key)] = (counts[resourceOf(key)] ?? 0) + 1;
  return counts;
};

const look = async (store: EtcdStore, names: SeedNames): Promise<{ seeds: string[]; kept: number; mentions: string[] }> => {
  const found = { seeds: [] as string[], kept: 0, mentions: [] as string[] };
  for await (const entry of store.entries()) {
    if (belongsToSeed(entry, names)) found.seeds.push(entry.key);
    else {
      found.kept += 1;
      if (names.some((name) => holdsText(entry.value, name))) found.mentions.push(entry.key);
    }
  }
  return found;
};

const keysOf = async (store: EtcdStore): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of store.entries()) keys.push(key);
  return keys;
};

/**
 * Removes from a store what belongs to the cluster that it was copied from, then reads all of it again and throws when anything is left.
 * A second time finds nothing to remove; `known` are names of the seed's node from elsewhere, since a first run cut short may have removed it.
 */
export const adoptStore = async (store: EtcdStore, known: SeedNames): Promise<Adoption> => {
  const names = [...new Set([...known, ...namesInKeys(await keysOf(store))])].filter((name) => name !== '');
  const { seeds } = await look(store, names);
  await store.remove(seeds);
  const after = await look(store, names);
  if (after.seeds.length > 0)
    throw new Error(
      `${after.seeds.length} objects of the seed cluster are still in the store, ${after.seeds[0]} first. Is a second API server running?`,
    );
  return { names, removed: counted(seeds), kept: after.kept, mentions: after.mentions };
};
