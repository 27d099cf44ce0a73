import { mkdirSync, writeFileSync } from 'node:fs';
import { toStandardError } from '@godwit/devcluster';
import { removeHostedBench } from './hosted-stage.ts';
import type { Result, Row } from './row.ts';
import { apiCalls } from './rows/api-calls.ts';
import { etcdBackup } from './rows/etcd-backup.ts';
import { hostedMove } from './rows/hosted-move.ts';
import { hostedStart } from './rows/hosted-start.ts';
import { manyObjects } from './rows/many-objects.ts';
import { shopIdle } from './rows/shop-idle.ts';
import { smallApplication } from './rows/small-application.ts';
import { upgrade } from './rows/upgrade.ts';
import { volumeCopy } from './rows/volume-copy.ts';
import { removeBench } from './stage.ts';
import { tableOf } from './table.ts';
import { removeUpgradeBench } from './upgrade-stage.ts';

const ROWS: readonly Row[] = [smallApplication, apiCalls, shopIdle, manyObjects, volumeCopy, hostedStart, etcdBackup, hostedMove, upgrade];

const chosen = (text: string | undefined): readonly Row[] => {
  const names = (text ?? '').split(',').filter(Boolean);
  const unknown = names.filter((name) => !ROWS.some((row) => row.name === name));
  if (unknown.length === 0) return names.length === 0 ? ROWS : ROWS.filter(({ name }) => names.includes(name));
  console.error(`error: ROWS names ${unknown.join(', ')}; choose from ${ROWS.map(({ name }) => name).join(',')}`);
  process.exit(2);
};

const results: Result[] = [];
const broken: string[] = [];
const began = Date.now();
try {
  for (const row of chosen(process.env.ROWS)) {
    toStandardError(`${row.name}: ${row.title}`);
    try {
      results.push(...(await row.measure()));
    } catch (error) {
      broken.push(`${row.name}: ${(error as Error).stack ?? String(error)}`);
    }
  }
} finally {
  // What was measured is told also when the clusters cannot be removed.
  if (process.env.KEEP !== '1')
    for (const remove of [removeBench, removeHostedBench, removeUpgradeBench])
      await remove().catch((error: Error) => broken.push(`the clusters were not removed: ${error.message}`));
}
mkdirSync('build', { recursive: true });
const lines = results.map((result) => ({ ...result, ratio: result.ours / result.reference }));
writeFileSync('build/bench.json', `${JSON.stringify(lines, null, 2)}\n`);
console.log(tableOf(results).join('\n'));
for (const { name, note } of results) console.log(`\n${name}: ${note}`);
for (const line of broken) console.error(`\nerror: ${line}`);
console.log(`\nThe run took ${Math.round((Date.now() - began) / 1000)} s; build/bench.json holds the table.`);
process.exitCode = broken.length === 0 ? 0 : 1;
