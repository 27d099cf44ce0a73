import type { Metadata } from '@godwit/api';
import type { Progress } from '@godwit/controller';

type Worked = {
  kind: string;
  metadata: Metadata;
  status?: { startTimestamp?: string | null | undefined; progress?: { totalItems?: number | undefined } | null | undefined };
};

const elapsed = (start: string | null | undefined, now: Date): string =>
  start == null ? '' : ` (${Math.max(0, Math.round((now.getTime() - Date.parse(start)) / 1000))}s)`;

/** Numbers of a Backup or Restore, and the line that upstream's clients parse. `done` is its count of finished items. */
export const veleroProgress = ({ kind, metadata, status }: Worked, done: number | undefined, now: Date): Progress => {
  const total = status?.progress?.totalItems;
  if (done === undefined || total === undefined) return {};
  const verb = kind === 'Backup' ? 'backed up' : 'restored';
  const text = `${kind} ${metadata.namespace}/${metadata.name}: ${done} out of estimated total of ${total} objects ${verb}${elapsed(status?.startTimestamp, now)}`;
  return { itemsDone: done, itemsTotal: total, lines: [text] };
};
