import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { isAbsent, remove, writeText } from '../carried/files.ts';
import { documentsOf } from './documents.ts';
import type { Manifest } from './manifest.ts';

/** How the files of exported objects are called: the folder of group n is `<folder><n>`. */
export type GroupNames = { readonly folder: string; readonly fileOf: (object: Manifest, position: number) => string };

const LONGEST = 200;

/** A part of a file name that can neither leave its folder nor grow too long; the file itself holds the true name. */
const safe = (text: string): string => text.replaceAll(/[/\0]/g, '-').slice(0, LONGEST);

/** Extra manifests and manifests of policies: `group<n>/<i>_<Kind>_<name>_<ns>.yaml`, both counted from 1. */
export const manifestNames: GroupNames = {
  folder: 'group',
  fileOf: ({ kind, metadata: { name = '', namespace = '' } }, position) => `${safe(`${position}_${kind}_${name}_${namespace}`)}.yaml`,
};

/** Restores: `restore<n>/<i>_<name>_<ns>.yaml`, both counted from 1. */
export const restoreNames: GroupNames = {
  folder: 'restore',
  fileOf: ({ metadata: { name = '', namespace = '' } }, position) => `${safe(`${position}_${name}_${namespace}`)}.yaml`,
};

/** The number at the end of a name: 12 of `restore12`; 0 when there is none. */
export const trailingNumber = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? 0);

const leadingNumber = (name: string): number => Number(/^\d+/.exec(name)?.[0] ?? 0);

const byNumber =
  (numberOf: (name: string) => number) =>
  (one: string, other: string): number =>
    numberOf(one) - numberOf(other) || (one < other ? -1 : Number(one > other));

const SERVERS = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'] as const;

/** Without what an API server gave to an object: another cluster gives it anew. */
export const ownPartsOf = <T extends Manifest>(object: T): T => {
  const metadata: Record<string, unknown> = { ...object.metadata };
  for (const field of SERVERS) delete metadata[field];
  return { ...object, metadata };
};

/** Writes groups of objects below a folder, which is there afterwards with all of them and nothing else. */
export const exportGroups = async (folder: string, groups: readonly (readonly Manifest[])[], names: GroupNames): Promise<void> => {
  const partial = `${folder}.partial`;
  await remove(partial);
  for (const [group, objects] of groups.entries())
    for (const [index, object] of objects.entries())
      await writeText(
        join(partial, `${names.folder}${group + 1}`, names.fileOf(object, index + 1)),
        stringify(ownPartsOf(object), { version: '1.1' }),
      );
  await remove(folder);
  if (groups.length > 0) await rename(partial, folder);
};

const namesIn = async (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });

const loadFile = async (path: string): Promise<readonly Manifest[]> => {
  const { manifests, problem } = documentsOf(await readFile(path, 'utf8'));
  if (problem !== undefined) throw new Error(`${path} cannot be read: ${problem}. Correct the file, or remove it`);
  return manifests;
};

/** Reads back what was exported, groups and files in the order of their numbers; nothing when the folder is not there. */
export const loadGroups = async (folder: string, names: Pick<GroupNames, 'folder'>): Promise<Manifest[][]> => {
  const groups = (await namesIn(folder)).filter((name) => name.startsWith(names.folder)).sort(byNumber(trailingNumber));
  const load = async (group: string): Promise<Manifest[]> => {
    const files = (await namesIn(join(folder, group))).filter((name) => name.endsWith('.yaml')).sort(byNumber(leadingNumber));
    return (await Promise.all(files.map((file) => loadFile(join(folder, group, file))))).flat();
  };
  return Promise.all(groups.map(load));
};
