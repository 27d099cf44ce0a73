import type { Verification } from '@godwit/api';

/** One file that is not the same on both sides. */
export type Difference = Omit<Verification['differences'][number], 'pvc'>;

/** What rsync said when it compared two volumes. */
export type Comparison = { files: number | undefined; differences: Difference[]; count: number };

/** How many differences are kept; all are counted. */
export const KEPT_DIFFERENCES = 500;

const DELETION = /^\*deleting +(?<path>.*)$/;
const CHANGE = /^(?<kind>[<>ch.])[fdLDS](?<marks>[.+ ?a-zA-Z]{9}) (?<path>.*)$/;
const FILES = /^Number of files: (?<count>[\d,.]+)/;

const change = (marks: string): Difference['change'] => {
  if (/^\++$/.test(marks)) return 'missing';
  return marks.startsWith('c') || marks[1] === 's' ? 'content' : 'metadata';
};

/** Reads one line of `rsync --itemize-changes --out-format='%i %n'`; other lines give undefined. */
export const difference = (line: string): Difference | undefined => {
  const gone = DELETION.exec(line)?.groups;
  if (gone) return { path: gone['path'] ?? '', change: 'extra' };
  const found = CHANGE.exec(line)?.groups;
  return found && { path: found['path'] ?? '', change: change(found['marks'] ?? '') };
};

const readLine = (found: Comparison, line: string): void => {
  const files = FILES.exec(line)?.groups?.['count'];
  if (files !== undefined) found.files = Number(files.replaceAll(/[,.]/g, ''));
  const one = difference(line);
  if (one === undefined) return;
  found.count += 1;
  if (found.differences.length < KEPT_DIFFERENCES) found.differences.push(one);
};

/** Gathers what a comparison says from its output in pieces, keeping no more of it than the result. */
export const comparator = (): { take(chunk: string): void; end(): Comparison } => {
  const found: Comparison = { files: undefined, differences: [], count: 0 };
  let rest = '';
  return {
    take: (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) readLine(found, line);
    },
    end: () => {
      readLine(found, rest);
      return found;
    },
  };
};
