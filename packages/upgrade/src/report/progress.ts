import type { UpgradeProgress } from '@godwit/api';
import type { Progress, Visit } from '@godwit/controller';

const shareOf = ({ bytesDone, bytesTotal, itemsDone, itemsTotal }: Progress): number | undefined => {
  // bytes may be those of one item of many
  if (itemsDone !== undefined && itemsTotal) return (100 * itemsDone) / itemsTotal;
  return bytesDone !== undefined && bytesTotal ? (100 * bytesDone) / bytesTotal : undefined;
};

const etaOf = ({ bytesDone, bytesTotal, bytesPerSecond }: Progress): number | undefined =>
  bytesDone !== undefined && bytesTotal !== undefined && bytesPerSecond ? Math.ceil((bytesTotal - bytesDone) / bytesPerSecond) : undefined;

/** How far a phase is, as the report tells it. The percent of a phase never goes back. */
export const progressOf = (before: UpgradeProgress | undefined, visit: Visit): UpgradeProgress => {
  const numbers = visit.said?.progress ?? {};
  const known = before?.phase === visit.name ? before.percent : undefined;
  const share = shareOf(numbers);
  const percent = share === undefined ? known : Math.min(100, Math.max(known ?? 0, Math.floor(share)));
  const etaSeconds = etaOf(numbers);
  return {
    phase: visit.name,
    step: visit.said?.message ?? visit.description,
    ...(percent === undefined ? {} : { percent }),
    ...(numbers.bytesDone === undefined ? {} : { bytesDone: numbers.bytesDone }),
    ...(numbers.bytesTotal === undefined ? {} : { bytesTotal: numbers.bytesTotal }),
    ...(etaSeconds === undefined ? {} : { etaSeconds }),
  };
};
