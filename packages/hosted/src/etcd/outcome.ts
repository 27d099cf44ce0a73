import type { Said } from '@godwit/controller';

/** A result, or the named reason why there is none. Exceptions are left to broken I/O. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; said: Said };

/** The result is there. */
export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

/** There is no result, and this is why. */
export const refused = (said: Said): { ok: false; said: Said } => ({ ok: false, said });
