import { z } from 'zod';

const entry = z.object({
  group: z.string(),
  version: z.string(),
  kind: z.string(),
  plural: z.string(),
  /** Omitted for a cluster-scoped object. */
  namespace: z.string().optional(),
  name: z.string(),
  uid: z.string(),
});
/** An object that a restore created. */
export type InventoryEntry = z.infer<typeof entry>;

/** The file that the engine leaves beside a restore, and that a rollback reads: what it created, so that just that can be taken back. */
export const inventory = z.array(entry);

/** Where the inventory of a restore lies in the repository: gzipped JSON. */
export const inventoryKey = (restore: string): string => `restores/${restore}/${restore}-godwit-inventory.json.gz`;

const verification = z.object({
  /** Objects that the restore created and compared. */
  compared: z.number(),
  /** How many of them the API server stored otherwise than they were sent. */
  different: z.number(),
  /** The first of these, each with its paths. */
  differences: z.array(z.string()),
});
/** What an engine found that compared every object it created with the backup; the value of the annotation `godwit.io/verification` on a Restore, as JSON. */
export type RestoreVerification = z.infer<typeof verification>;

/** Reads the annotation; undefined when there is none, or when somebody else wrote something else there. */
export const readRestoreVerification = (text: string | undefined): RestoreVerification | undefined => {
  try {
    return text === undefined ? undefined : verification.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};
