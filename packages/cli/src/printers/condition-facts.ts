import type { Condition } from '@godwit/api';

type Judged = { status?: { conditions?: Condition[] | undefined } | undefined };

/** The conditions of an object that hold. */
const holding = ({ status }: Judged): Condition[] => (status?.conditions ?? []).filter((each) => each.status === 'True');

/** Whether a condition holds. */
export const holds = (object: Judged, type: string): boolean => holding(object).some((each) => each.type === type);

/** The conditions that keep an object from being ready. */
export const blockersOf = (object: Judged): Condition[] =>
  holding(object).filter(({ category }) => category === 'Critical' || category === 'Error');

/** The conditions that warn. */
export const warningsOf = (object: Judged): Condition[] => holding(object).filter(({ category }) => category === 'Warn');

/** Ready as one word: True, False with the first blocker's name, or Unknown before the first look. */
export const readiness = (object: Judged): string => {
  if (holds(object, 'Ready')) return 'True';
  if (object.status?.conditions === undefined) return 'Unknown';
  return blockersOf(object)[0]?.type ?? 'False';
};
