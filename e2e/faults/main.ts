import { mkdirSync } from 'node:fs';
import { stopSet, toStandardError } from '@godwit/devcluster';
import { migrationFaults } from './migration.ts';

const OF: Record<string, (say: typeof toStandardError) => Promise<number>> = { migration: migrationFaults };

const [of = ''] = process.argv.slice(2);
const run = OF[of];
if (run === undefined) {
  console.error(`error: OF is "${of}"; try: make faults OF=${Object.keys(OF).join('|')} [PHASES=a,b] [FAULTS=kill,store]`);
  process.exit(2);
}
mkdirSync('build/faults', { recursive: true });
const began = Date.now();
try {
  process.exitCode = await run(toStandardError);
} finally {
  console.log(`The run took ${Math.round((Date.now() - began) / 1000)} s.`);
  if (process.env.KEEP !== '1') await stopSet('faults');
}
