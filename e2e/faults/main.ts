import { mkdirSync } from 'node:fs';
import { stopSet, toStandardError } from '@godwit/devcluster';
import { HOSTED_FAULTS, hostedFaults } from './hosted/main.ts';
import { migrationFaults } from './migration.ts';
import { UPGRADE_FAULTS, upgradeFaults } from './upgrade/main.ts';

type Run = { set: string; strike: (say: typeof toStandardError) => Promise<number> };

const OF: Record<string, Run> = {
  migration: { set: 'faults', strike: migrationFaults },
  hosted: { set: HOSTED_FAULTS, strike: hostedFaults },
  upgrade: { set: UPGRADE_FAULTS, strike: upgradeFaults },
};

const [of = ''] = process.argv.slice(2);
const run = OF[of];
if (run === undefined) {
  console.error(`error: OF is "${of}"; try: make faults OF=${Object.keys(OF).join('|')} [PHASES=a,b] [FAULTS=kill,store]`);
  process.exit(2);
}
mkdirSync('build/faults', { recursive: true });
const began = Date.now();
try {
  process.exitCode = await run.strike(toStandardError);
} finally {
  console.log(`The run took ${Math.round((Date.now() - began) / 1000)} s.`);
  if (process.env.KEEP !== '1') await stopSet(run.set);
}
