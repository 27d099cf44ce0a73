import type { KubeObject } from '@godwit/kube';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an API server drops without a change of meaning: nothing, nothing in it, or a zero value. */
const saysNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.values(value).every(saysNothing));

const differing = (sent: unknown, stored: unknown, path: string): string[] => {
  if (stored === undefined || stored === null) return saysNothing(sent) ? [] : [path];
  if (isRecord(sent) && isRecord(stored))
    return Object.entries(sent).flatMap(([key, value]) => differing(value, stored[key], `${path}.${key}`));
  if (Array.isArray(sent) && Array.isArray(stored) && sent.length <= stored.length)
    return sent.flatMap((value, at) => differing(value, stored[at], `${path}[${at}]`));
  return sent === stored ? [] : [path];
};

const OF_THE_SERVER = new Set(['managedFields', 'generation', 'creationTimestamp', 'resourceVersion', 'uid']);

/**
 * Paths at which the object that the API server stored differs from the one that was sent; defaults that it added do not count.
 * The answer to the create is what is stored, so that comparing costs no further request.
 */
export const alteredPaths = (sent: KubeObject, stored: KubeObject): string[] => {
  const { metadata, status: _status, ...rest } = sent as KubeObject & { status?: unknown };
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !OF_THE_SERVER.has(key)));
  return differing({ ...rest, metadata: kept }, stored, '').map((path) => path.slice(1));
};
