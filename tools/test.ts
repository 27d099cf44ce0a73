import { mkdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';

/** The kinds of tests in the order in which they fail fastest. */
const KINDS = ['unit', 'cluster', 'e2e'] as const;

type Counts = { numPassedTests: number; numFailedTests: number; numPendingTests: number };

const titled = (text: string) => console.log(`\n== ${text}`);

const run = async (command: string, args: readonly string[]): Promise<number> => {
  const { exitCode } = await execa(command, args, { preferLocal: true, stdio: 'inherit', reject: false });
  return exitCode ?? 1;
};

const runKind = async (kind: string): Promise<Counts & { exitCode: number }> => {
  titled(`${kind} tests`);
  const report = `build/tests/${kind}.json`;
  const exitCode = await run('vitest', ['run', '--project', kind, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Counts;
  return { ...counts, exitCode };
};

mkdirSync('build/tests', { recursive: true });
const only = process.argv.slice(2);
titled('static checks');
const results = [
  { kind: 'static', exitCode: await run('node', ['tools/check.ts']), numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 },
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
const sum = (key: keyof Counts) => results.reduce((total, each) => total + each[key], 0);
console.log(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`);
process.exitCode = results.every(({ exitCode }) => exitCode === 0) && sum('numPassedTests') > 0 ? 0 : 1;
