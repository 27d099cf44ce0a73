import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentsOf } from '../manifests/documents.ts';
import type { Manifest } from '../manifests/manifest.ts';

/** The manifests of a folder's files, in the order of their names; none when it is not there. */
export const loadFolder = async (folder: string): Promise<Manifest[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  const read = async (name: string): Promise<readonly Manifest[]> => {
    const { manifests, problem } = documentsOf(await readFile(join(folder, name), 'utf8'));
    if (problem !== undefined) throw new Error(`${join(folder, name)} cannot be read: ${problem}`);
    return manifests;
  };
  return (await Promise.all(names.map(read))).flat();
};
