import { canonicalJson } from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';

type Keys<T> = (object: T) => readonly string[];

/** Passes an object on only when what counts about it has changed since it was last seen, or when it goes. */
export const whenChanged = <T extends KubeObject>(facts: (object: T) => unknown, keys: Keys<T>): Keys<T> => {
  const seen = new Map<string, string>();
  return (object) => {
    const { uid = '', deletionTimestamp } = object.metadata;
    const now = canonicalJson([facts(object), deletionTimestamp ?? null]);
    if (seen.get(uid) === now) return [];
    seen.set(uid, now);
    return keys(object);
  };
};
