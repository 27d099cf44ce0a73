/** How far a copy is, from its own output. */
export type CopyProgress = {
  /** For instance `33%`. */
  percent: string | undefined;
  /** For instance `66.13MB/s`. */
  rate: string | undefined;
  bytesDone: number | undefined;
  bytesTotal: number | undefined;
  bytesPerSecond: number | undefined;
  filesDone: number | undefined;
};

const NOTHING: CopyProgress = {
  percent: undefined,
  rate: undefined,
  bytesDone: undefined,
  bytesTotal: undefined,
  bytesPerSecond: undefined,
  filesDone: undefined,
};

/** Of each line the last record that a carriage return left standing, cut after the year where a log line runs into it. */
export const lastRecords = (text: string): string[] =>
  text.split('\n').map((line) => {
    const record = line.replace(/\r+$/, '').split('\r').at(-1) ?? '';
    return record.trim().replace(/(\(xfr#[^)]*\)\d{4}\/).*$/, '$1');
  });

const UNITS: Record<string, number> = { '': 1, K: 1e3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

/** Bytes behind rsync's readable numbers: `629.15M` is 629 150 000. */
export const bytesOf = (text: string): number | undefined => {
  const match = /^([\d,]+(?:\.\d+)?)([KkMGTP]?)(?:B(?:\/s)?)?$/.exec(text.trim());
  if (!match) return undefined;
  return Math.round(Number((match[1] ?? '').replaceAll(',', '')) * (UNITS[match[2] ?? ''] ?? 1));
};

const PROGRESS = /(?:^|\s)([\d.,]+[KMGTP]?) +(\d+)% +([\d.,]+[kKMGTP]?B\/s) +[\d:]+(?: \(xfr#(\d+))?/g;
const TOTAL = /^Total file size: ([\d.,]+[KMGTP]?) bytes/gm;
const TRANSFERRED = /^Number of regular files transferred: ([\d,]+)/gm;

/** Reads the newest progress out of a piece of log; what it does not say stays as it was before. */
export const readProgress = (text: string, before: CopyProgress = NOTHING): CopyProgress => {
  const last = [...text.matchAll(PROGRESS)].at(-1);
  const total = [...text.matchAll(TOTAL)].at(-1)?.[1];
  const files = [...text.matchAll(TRANSFERRED)].at(-1)?.[1];
  const percent = last?.[2] === undefined ? undefined : Number(last[2]);
  const done = last?.[1] === undefined ? undefined : bytesOf(last[1]);
  const guess = done !== undefined && percent !== undefined && percent > 0 ? Math.round((done * 100) / percent) : undefined;
  const bytesTotal = (total === undefined ? undefined : bytesOf(total)) ?? guess ?? before.bytesTotal;
  return {
    percent: percent === undefined ? before.percent : `${percent}%`,
    rate: last?.[3] ?? before.rate,
    bytesDone: total === undefined ? (done ?? before.bytesDone) : bytesTotal,
    bytesTotal,
    bytesPerSecond: (last?.[3] === undefined ? undefined : bytesOf(last[3])) ?? before.bytesPerSecond,
    filesDone: (files === undefined ? undefined : Number(files.replaceAll(',', ''))) ?? (last?.[4] ? Number(last[4]) : before.filesDone),
  };
};

/** The last percentage and rate in a log, as upstream finds them. */
export const observedText = (lines: readonly string[]): { percent: string | undefined; rate: string | undefined } => {
  const text = lines.join('\n');
  return { percent: [...text.matchAll(/\d+%/g)].at(-1)?.[0], rate: [...text.matchAll(/\d+\.\w*\/s/g)].at(-1)?.[0] };
};
