import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { remove, writeText } from '../../carried/files.ts';
import { ownPartsOf } from '../../manifests/carried-groups.ts';
import type { Manifest } from '../../manifests/manifest.ts';

const withoutStatus = (object: Manifest): Manifest => {
  const { status: _, ...rest } = ownPartsOf(object) as Manifest & { status?: unknown };
  return rest;
};

/** Writes objects below a folder, `<name>.yaml` each; the folder is there afterwards with all of them and nothing else, or is not there. */
export const writeObjects = async (folder: string, objects: readonly Manifest[]): Promise<void> => {
  const draft = `${folder}.partial`;
  await remove(draft);
  for (const object of objects)
    await writeText(
      join(draft, `${(object.metadata.name ?? '').replaceAll('/', '-')}.yaml`),
      stringify(withoutStatus(object), { version: '1.1' }),
    );
  await remove(folder);
  if (objects.length > 0) await rename(draft, folder);
};
