import { annotations } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';

type Pausable = KubeObject & { spec: { pausedUntil?: string | undefined } };

type ManagedField = { manager?: string; time?: string; fieldsV1?: Record<string, Record<string, unknown>> };

const YES = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** Whether an object is left alone at this time, as its controllers read the field. */
export const isPaused = ({ spec: { pausedUntil } }: Pausable, now: Date): boolean =>
  pausedUntil !== undefined && (YES.has(pausedUntil) || Date.parse(pausedUntil) > now.getTime());

/** Who wrote the pause, and when: an annotation of a backup tool says it, else the server's record of who owns the field. */
const pausedBy = ({ metadata }: Pausable): { by: string | undefined; since: string | undefined } => {
  const { [annotations.pausedBy]: by, [annotations.pausedAt]: at } = metadata.annotations ?? {};
  const { managedFields = [] } = metadata as { managedFields?: readonly ManagedField[] };
  const owner = managedFields.find(({ fieldsV1 }) => fieldsV1?.['f:spec']?.['f:pausedUntil'] !== undefined);
  return { by: by ?? owner?.manager, since: at ?? owner?.time };
};

/** A pause in words: until when, since when, by whom; undefined when the object is worked on. Pure. */
export const pauseWords = (object: Pausable, now: Date): string | undefined => {
  if (!isPaused(object, now)) return undefined;
  const until = object.spec.pausedUntil ?? '';
  const { by, since } = pausedBy(object);
  return [
    YES.has(until) ? 'paused until resumed' : `paused until ${until}`,
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(by === undefined ? [] : [`by ${by}`]),
  ].join(', ');
};
