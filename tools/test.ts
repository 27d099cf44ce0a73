import { execa } from 'execa';
import { countsOf, namedCases } from './conformance-cases.ts';
import { type End, forgetOutcome, type Outcome, outcomeOf } from './outcome.ts';

/** The kinds of tests in the order in which they fail fastest. */
const KINDS = ['unit', 'cluster', 'e2e'] as const;

/** As many of the last words on standard error as say why a program ended. */
const LAST_WORDS = 3;

const titled = (text: string) => console.log(`\n== ${text}`);

const run = async (command: string, args: readonly string[]): Promise<End> => {
  const { exitCode, signal, stderr } = await execa(command, args, {
    preferLocal: true,
    stdin: 'inherit',
    stdout: 'inherit',
    stderr: ['inherit', 'pipe'],
    reject: false,
  });
  return { end: signal ?? exitCode ?? 'nothing', lastWords: stderr.trim().split('\n').slice(-LAST_WORDS).join('\n    ') };
};

const runKind = async (kind: string): Promise<Outcome & End & { kind: string }> => {
  titled(`${kind} tests`);
  forgetOutcome(kind);
  const reporters = ['--reporter=default', '--reporter=./tools/outcome-reporter.ts'];
  const end = await run('vitest', ['run', '--project', kind, ...reporters]);
  return { kind, ...end, ...outcomeOf(kind, end) };
};

const only = process.argv.slice(2);
titled('static checks');
const checks = await run('node', ['tools/check.ts']);
const results: Awaited<ReturnType<typeof runKind>>[] = [];
for (const kind of KINDS.filter((each) => only.length === 0 || only.includes(each))) results.push(await runKind(kind));

titled('summary');
console.log(`static checks ${checks.end === 0 ? 'passed' : 'failed'}`);
for (const { kind, passed, failed } of results) console.log(`${kind} tests: ${passed} passed, ${failed} failed`);
for (const { specification, cases } of countsOf(namedCases()))
  console.log(`${specification}: ${cases} conformance cases are named by tests`);
for (const failure of results.flatMap(({ failures }) => failures)) console.log(`failed: ${failure}`);
const sum = (key: 'passed' | 'failed' | 'skipped') => results.reduce((total, each) => total + each[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = [checks, ...results].every(({ end }) => end === 0) && sum('passed') > 0 ? 0 : 1;
