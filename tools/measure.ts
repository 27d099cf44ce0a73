import { execa } from 'execa';
import { type Measured, measureSource } from './measure-source.ts';

/** The size budget: lines of a file and of a function (median, 95th percentile, maximum). */
const BUDGET = { file: { median: 80, p95: 200, maximum: 350 }, function: { median: 10, p95: 30, maximum: 60 } };

type Sized = { name: string; lines: number };

const quantile = (sorted: readonly Sized[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0;

const judge = (what: 'file' | 'function', sizes: readonly Sized[]): string[] => {
  const sorted = sizes.toSorted((a, b) => a.lines - b.lines);
  const found = { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), maximum: sorted.at(-1)?.lines ?? 0 };
  console.log(
    `${what}: ${sizes.length} counted, median ${found.median}, p95 ${found.p95}, maximum ${found.maximum} (${sorted.at(-1)?.name})`,
  );
  const over = (['median', 'p95'] as const)
    .filter((key) => found[key] > BUDGET[what][key])
    .map((key) => `${what} ${key} ${found[key]} is over ${BUDGET[what][key]}`);
  const large = sorted
    .filter(({ lines }) => lines > BUDGET[what].maximum)
    .map(({ name, lines }) => `${name}: ${lines} lines, at most ${BUDGET[what].maximum}`);
  return [...over, ...large];
};

const isTest = (path: string) => /\.(test|fixture)\.ts$|\/test\/|^e2e\/|^packages\/testkit\//.test(path);

const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx']);
const all: Measured[] = stdout.split('\n').filter(Boolean).map(measureSource);
const sources = all.filter(({ path }) => !isTest(path));
const tests = all.filter(({ path }) => isTest(path));
const sum = (list: readonly Measured[]) => list.reduce((total, { lines }) => total + lines, 0);
const problems = [
  ...judge(
    'file',
    sources.map(({ path, lines }) => ({ name: path, lines })),
  ),
  ...judge(
    'function',
    sources.flatMap(({ functions }) => functions),
  ),
  ...tests
    .filter(({ lines }) => lines > BUDGET.file.maximum)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${BUDGET.file.maximum}`),
  ...sources.flatMap(({ undocumented }) => undocumented.map((name) => `${name}: an export without a sentence of documentation`)),
];
console.log(
  `source ${sum(sources)} lines, tests ${sum(tests)} lines, ${(sum(tests) / sum(sources)).toFixed(2)} test lines per source line`,
);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
