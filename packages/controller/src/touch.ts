import { createHash, randomUUID } from 'node:crypto';
import { annotations } from '@godwit/api';

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, ordered(each)]));
};

/** JSON with the members of every object in the order of their names; undefined members are left out. */
export const canonicalJson = (value: unknown): string => JSON.stringify(ordered(value)) ?? 'null';

/** `status.observedDigest` of an object with this spec: the hex SHA-256 of its canonical JSON. */
export const observedDigest = (spec: unknown): string => createHash('sha256').update(canonicalJson(spec)).digest('hex');

/** Whether a controller has judged the object as it stands. */
export const hasReconciled = (object: { spec?: unknown; status?: { observedDigest?: string | undefined } | undefined }): boolean =>
  object.status?.observedDigest === observedDigest(object.spec);

/** The annotation that upstream's controllers write anew at every write: watchers tell from it that a controller was there. */
export const touched = (uuid: () => string = randomUUID): Record<string, string> => ({ [annotations.touch]: uuid() });
