import { annotations } from '@godwit/api';

/** The phases before which a walk is told to stop, from the annotation `godwit.io/hold-before` (a comma list of names). */
export const holdsOf = (found: Readonly<Record<string, string>> | undefined): ReadonlySet<string> =>
  new Set(
    (found?.[annotations.holdBefore] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
