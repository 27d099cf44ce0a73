import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sourceHash } from '../../binaries/source.ts';
import { closureOf, readLock } from './closure.ts';

/** The checkout that this file belongs to. */
const CHECKOUT = join(import.meta.dirname, '../../../../..');

/** Where the product lies in a tree: outside of any node_modules, where Node would not run TypeScript. */
export const PRODUCT_FOLDER = 'usr/lib/godwit';

/** The packages that run on a node; what they import comes along. */
const ROOTS: readonly string[] = ['packages/operator', 'packages/upgrade', 'packages/devcluster'];

const isOurs = (place: string): boolean => place.startsWith('packages/');

const isShipped = (path: string): boolean => !path.endsWith('.test.ts');

const sourcesOf = (place: string): string[] =>
  readdirSync(join(CHECKOUT, place, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isShipped(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .concat(join(CHECKOUT, place, 'package.json'))
    .sort();

const placesOf = (): string[] =>
  closureOf(
    readLock(CHECKOUT),
    ROOTS.filter((root) => existsSync(join(CHECKOUT, root))),
  ).filter((place) => existsSync(join(CHECKOUT, place)));

/** Names what the product is right now: changes with any source or dependency of it. */
export const productHash = (): string => {
  const ours = placesOf().filter(isOurs).flatMap(sourcesOf);
  return sourceHash([
    readFileSync(join(CHECKOUT, 'package-lock.json'), 'utf8'),
    ...ours.flatMap((path) => [path.slice(CHECKOUT.length), readFileSync(path, 'utf8')]),
  ]);
};

const copyOurs = (place: string, product: string): void => {
  for (const name of ['package.json', 'src'])
    cpSync(join(CHECKOUT, place, name), join(product, place, name), { recursive: true, filter: isShipped });
  const { name } = JSON.parse(readFileSync(join(CHECKOUT, place, 'package.json'), 'utf8')) as { name: string };
  const link = join(product, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(`../../packages/${basename(place)}`, link);
};

const copyForeign = (place: string, product: string): void =>
  // What is nested in a package is a place of its own, and comes only when it is needed.
  cpSync(join(CHECKOUT, place), join(product, place), {
    recursive: true,
    filter: (path) => !path.slice(join(CHECKOUT, place).length).includes('/node_modules'),
  });

/** Copies the product with its production dependencies and its kinds into a tree. */
export const writeProduct = (tree: string): void => {
  const product = join(tree, PRODUCT_FOLDER);
  for (const place of placesOf()) (isOurs(place) ? copyOurs : copyForeign)(place, product);
  cpSync(join(CHECKOUT, 'deploy/crds'), join(product, 'deploy/crds'), { recursive: true });
};
