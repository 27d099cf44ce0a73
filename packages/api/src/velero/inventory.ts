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
