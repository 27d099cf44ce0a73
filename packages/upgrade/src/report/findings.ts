import { isDeepStrictEqual } from 'node:util';
import type { UpgradeFinding } from '@godwit/api';

/** The list in which whoever owns these codes has said anew what was found; everybody else's findings stay. */
export const replaceFindings = (
  list: readonly UpgradeFinding[],
  codes: readonly string[],
  findings: readonly UpgradeFinding[],
): UpgradeFinding[] => [...list.filter(({ code }) => !codes.includes(code)), ...findings];

/** What was not found before; another message alone makes no new finding. */
export const newFindings = (before: readonly UpgradeFinding[], after: readonly UpgradeFinding[]): UpgradeFinding[] =>
  after.filter(({ code, object }) => !before.some((each) => isDeepStrictEqual([each.code, each.object], [code, object])));
