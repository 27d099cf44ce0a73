import { createHash } from 'node:crypto';

/** The annotation whose value changes whenever a controller has worked on an object. */
export const TOUCH = 'openshift.io/touch';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
};

/** JSON with the keys of every object in order, as API servers return it. */
export const orderedJson = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null';

/** `status.observedDigest`: the hex SHA-256 of the JSON of a spec. */
export const digestOf = (spec: unknown): string => createHash('sha256').update(orderedJson(spec)).digest('hex');

/** Whether a controller has judged the object as it stands now; `refresh` asks for another judgement and is not part of the question. */
export const hasReconciled = (object: { spec: unknown; status?: { observedDigest?: string | undefined } | undefined }): boolean =>
  object.status?.observedDigest === digestOf(object.spec);
