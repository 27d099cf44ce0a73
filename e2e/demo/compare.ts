import { compareManifests, compareRows, type FileManifest, fileManifest, type Rows, rowHashes } from '@godwit/example-shop';
import type { LocalSet } from '../support/local-set.ts';

/** What the application held on the source: every acknowledged row and every file. */
export type Before = { rows: Rows; files: FileManifest };

/** What differs on the target, one sentence each; empty when nothing was lost or changed. Rows that the target's own writer added do not count. */
export const differences = async ({ beta }: LocalSet, before: Before): Promise<string[]> => {
  const rows = compareRows(before.rows, await rowHashes(beta));
  const files = compareManifests(before.files, await fileManifest(beta));
  return [
    ...rows.missing.map((id) => `row ${id} of table orders is missing on beta`),
    ...rows.changed.map((id) => `row ${id} of table orders has changed on beta`),
    ...files.map(({ path, what }) => `file ${path} differs on beta: ${what}`),
  ];
};
