import { execa } from 'execa';

/** The static checks, cheapest first; each is a command that a person can run alone. */
const checks: readonly (readonly [string, readonly string[]])[] = [
  ['biome ci', ['biome', 'ci', '--colors=off', '--diagnostic-level=warn']],
  ['tsc', ['tsc', '-p', 'tsconfig.json']],
  ['knip', ['knip', '--no-progress']],
  ['generated CRDs', ['node', 'tools/generate-crds.ts', '--check']],
  ['size budget', ['node', 'tools/measure.ts']],
];

let failed = 0;
for (const [name, [command = '', ...rest]] of checks) {
  const began = Date.now();
  const { exitCode, all } = await execa(command, rest, { preferLocal: true, all: true, reject: false });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? 'ok  ' : 'FAIL'}  ${name}  ${seconds}s`);
  if (exitCode !== 0) {
    failed += 1;
    console.log(all);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
