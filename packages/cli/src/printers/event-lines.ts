import type { Event } from '@godwit/api';
import { tableLines } from './table.ts';

const timeOf = ({ eventTime, metadata }: Event): string => String(eventTime ?? metadata.creationTimestamp ?? '');

/** Events as a table, oldest first. */
export const eventLines = (events: readonly Event[], options: { headers?: boolean } = {}): string[] =>
  tableLines(
    ['TIME', 'TYPE', 'REASON', 'OBJECT', 'NOTE'],
    events
      .toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)))
      .map((event) => [
        timeOf(event),
        event.type ?? '',
        event.reason ?? '',
        `${event.regarding?.kind}/${event.regarding?.name}`,
        event.note ?? '',
      ]),
    options,
  );
