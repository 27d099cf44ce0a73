import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Dependencies = Readonly<Record<string, string>>;
type LockEntry = { link?: boolean; resolved?: string; dependencies?: Dependencies; optionalDependencies?: Dependencies };

/** The entries of package-lock.json, by the place of each package. */
export type Lock = Readonly<Record<string, LockEntry>>;

const parentOf = (place: string): string => {
  const at = place.lastIndexOf('/node_modules/');
  return at < 0 ? '' : place.slice(0, at);
};

/** Where Node finds a package that one at `place` imports. */
const resolve = (lock: Lock, place: string, name: string): string | undefined => {
  for (let from = place; ; from = parentOf(from)) {
    const found = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
    if (lock[found]) return found;
    if (from === '') return undefined;
  }
};

/** Places of all packages that run when those at `roots` do: workspaces (`packages/x`) and their production dependencies. */
export const closureOf = (lock: Lock, roots: readonly string[]): string[] => {
  const found = new Set<string>();
  const add = (place: string): void => {
    const { link, resolved, dependencies, optionalDependencies } = lock[place] ?? {};
    if (link && resolved) add(resolved);
    if (link || found.has(place)) return;
    found.add(place);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const next = resolve(lock, place, name);
      if (next !== undefined) add(next);
    }
  };
  for (const root of roots) add(root);
  return [...found].sort();
};

/** Reads the lock of a checkout; workspaces depend on what their own package.json says now. */
export const readLock = (checkout: string): Lock => {
  const { packages } = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as { packages: Lock };
  return Object.fromEntries(
    Object.entries(packages).map(([place, entry]) => {
      const manifest = join(checkout, place, 'package.json');
      if (!place.startsWith('packages/') || !existsSync(manifest)) return [place, entry];
      return [place, { ...entry, dependencies: (JSON.parse(readFileSync(manifest, 'utf8')) as LockEntry).dependencies ?? {} }];
    }),
  );
};
