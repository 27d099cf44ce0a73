import { mkdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import { countsOf, namedCases } from './conformance-cases.ts';

/** The kinds of tests in the order in which they fail fastest. */
const KINDS = ['unit', 'cluster', 'e2e'] as const;

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};
type Counts = Pick<Report, 'numPassedTests' | 'numFailedTests' | 'numPendingTests'> & { failures: readonly string[] };

/** What failed, with its first lines: whoever sees only the end of a long log must learn what to look at. */
const failuresIn = ({ testResults }: Report): string[] =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${name}\n    ${message}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${name}: ${fullName}\n    ${failureMessages.join('\n').split('\n').slice(0, 4).join('\n    ')}`,
    );
  });

const titled = (text: string) => console.log(`\n== ${text}`);

const run = async (command: string, args: readonly string[]): Promise<number> => {
  const { exitCode } = await execa(command, args, { preferLocal: true, stdio: 'inherit', reject: false });
  return exitCode ?? 1;
};

const runKind = async (kind: string): Promise<Counts & { exitCode: number }> => {
  titled(`${kind} tests`);
  const report = `build/tests/${kind}.json`;
  const exitCode = await run('vitest', ['run', '--project', kind, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return { ...counts, failures: failuresIn(counts), exitCode };
};

mkdirSync('build/tests', { recursive: true });
const only = process.argv.slice(2);
titled('static checks');
const results = [
  {
    kind: 'static',
    exitCode: await run('node', ['tools/check.ts']),
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    failures: [] as readonly string[],
  },
];
for (const kind of KINDS.filter((each) => only.length === 0 || only.includes(each))) results.push({ kind, ...(await runKind(kind)) });

titled('summary');
for (const { kind, exitCode, numPassedTests, numFailedTests } of results) {
  console.log(
    kind === 'static'
      ? `static checks ${exitCode === 0 ? 'passed' : 'failed'}`
      : `${kind} tests: ${numPassedTests} passed, ${numFailedTests} failed`,
  );
}
for (const { specification, cases } of countsOf(namedCases()))
  console.log(`${specification}: ${cases} conformance cases are named by tests`);
for (const failure of results.flatMap(({ failures }) => failures)) console.log(`failed: ${failure}`);
const sum = (key: 'numPassedTests' | 'numFailedTests' | 'numPendingTests') => results.reduce((total, each) => total + each[key], 0);
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`);
process.exitCode = results.every(({ exitCode }) => exitCode === 0) && sum('numPassedTests') > 0 ? 0 : 1;
