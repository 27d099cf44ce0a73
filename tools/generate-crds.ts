/** Writes deploy/crds from the schemas of the api package; with --check it only says whether they are up to date. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { crds } from '@godwit/api';
import { stringify } from 'yaml';

const directory = new URL('../deploy/crds/', import.meta.url);
const header = '# Generated from packages/api by tools/generate-crds.ts. Do not edit; run: npm run generate\n';

/** Name and content of every file, in a form that is the same at every run. */
const wanted = new Map(
  crds().map((crd) => [
    `${crd.metadata.name}.yaml`,
    header + stringify(crd, { sortMapEntries: true, lineWidth: 140, aliasDuplicateObjects: false }),
  ]),
);

const present = async (): Promise<string[]> => (await readdir(directory)).filter((name) => name.endsWith('.yaml'));

/** Names of files that are missing, differ, or belong to no kind any more. */
const outdated = async (): Promise<string[]> => {
  const read = (name: string) => readFile(new URL(name, directory), 'utf8').catch(() => undefined);
  const names = [...new Set([...wanted.keys(), ...(await present())])].sort();
  const same = await Promise.all(names.map(async (name) => (await read(name)) === wanted.get(name)));
  return names.filter((_, index) => !same[index]);
};

await mkdir(directory, { recursive: true });
const stale = await outdated();
if (!process.argv.includes('--check')) {
  await Promise.all(
    stale.map((name) => {
      const text = wanted.get(name);
      return text === undefined ? rm(new URL(name, directory)) : writeFile(new URL(name, directory), text);
    }),
  );
  console.log(stale.length === 0 ? 'deploy/crds is up to date' : `wrote ${stale.join(', ')}`);
} else if (stale.length > 0) {
  console.error(`deploy/crds is out of date: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}
