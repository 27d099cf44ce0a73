import { hashOf } from '../components/config-hash.ts';
import type { Manifest } from '../manifest.ts';

/** What was applied last, as a hash: a field that is wanted no more shows in it, and not in what is there. */
export const APPLIED = 'godwit.io/applied';

/** The manifest with the hash of itself. */
export const stamped = (manifest: Manifest): Manifest => {
  const { metadata } = manifest.object;
  const annotations = { ...metadata.annotations, [APPLIED]: hashOf(manifest.object) };
  return { ...manifest, object: { ...manifest.object, metadata: { ...metadata, annotations } } };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether everything wanted is there; what a server or another writer has added does not matter. */
export const covers = (there: unknown, wanted: unknown): boolean => {
  if (wanted === undefined || Object.is(there, wanted)) return true;
  if (Array.isArray(wanted))
    return Array.isArray(there) && there.length === wanted.length && wanted.every((each, index) => covers(there[index], each));
  if (!isRecord(wanted)) return false;
  // An API server drops empty objects and lists, which say nothing.
  if (there === undefined) return Object.keys(wanted).length === 0;
  return isRecord(there) && Object.entries(wanted).every(([key, value]) => covers(there[key], value));
};

/** Whether a stamped manifest has to be written: not when the object is there, says so, and nobody has changed it since. */
export const isInPlace = (there: unknown, { object }: Manifest): boolean => there !== undefined && covers(there, object);
