import type { Section } from './describe.ts';
import { tableLines } from './table.ts';

/** A condition in the form that Kubernetes itself uses; pools of nodes add a severity. */
export type StandardCondition = {
  type: string;
  status: string;
  reason?: string | undefined;
  message?: string | undefined;
  lastTransitionTime?: string;
};

type Judged = { status?: { conditions?: readonly StandardCondition[] | undefined } | undefined };

/** A condition of an object by its type. */
export const conditionOf = ({ status }: Judged, type: string): StandardCondition | undefined =>
  status?.conditions?.find((each) => each.type === type);

/** Whether a condition holds. */
export const isTrue = (object: Judged, type: string): boolean => conditionOf(object, type)?.status === 'True';

/** Conditions as a table, by type. */
export const standardConditionSection = ({ status }: Judged): Section => {
  const rows = (status?.conditions ?? [])
    .toSorted((a, b) => a.type.localeCompare(b.type))
    .map(({ type, status: holds, reason = '', message = '' }) => [type, holds, reason, message.replace(/\s*\n\s*/g, ' ')]);
  return { title: 'Conditions', lines: rows.length === 0 ? ['<none>'] : tableLines(['TYPE', 'STATUS', 'REASON', 'MESSAGE'], rows) };
};
