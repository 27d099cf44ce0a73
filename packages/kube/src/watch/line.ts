import { ApiError } from '../errors.ts';
import type { KubeObject } from '../types.ts';

/** What one line of a watch says. */
export type Line<T> =
  | { says: 'applied' | 'deleted'; object: T; resourceVersion: string }
  | { says: 'bookmark'; resourceVersion: string }
  | { says: 'expired' }
  | { says: 'refused'; error: ApiError };

type Raw = {
  type?: string;
  object?: KubeObject & { code?: number; reason?: string; message?: string; details?: { retryAfterSeconds?: number } };
};

const refused = ({ code = 500, reason = 'Unknown', message = 'the watch was ended by the server', details }: NonNullable<Raw['object']>) =>
  new ApiError(message, { status: code, reason, retryAfter: details?.retryAfterSeconds, details });

/** Reads one line of a watch; throws on a line that is no watch event, which must not be skipped. */
export const readLine = <T extends KubeObject>(line: string): Line<T> => {
  const { type, object } = JSON.parse(line) as Raw;
  if (type === 'ERROR' && object) return object.code === 410 ? { says: 'expired' } : { says: 'refused', error: refused(object) };
  const resourceVersion = object?.metadata?.resourceVersion;
  if (!object || !resourceVersion) throw new SyntaxError(`a watch event of type ${type} names no resourceVersion`);
  if (type === 'BOOKMARK') return { says: 'bookmark', resourceVersion };
  if (type === 'ADDED' || type === 'MODIFIED') return { says: 'applied', object: object as KubeObject as T, resourceVersion };
  if (type === 'DELETED') return { says: 'deleted', object: object as KubeObject as T, resourceVersion };
  throw new SyntaxError(`a watch event has the unknown type ${type}`);
};
