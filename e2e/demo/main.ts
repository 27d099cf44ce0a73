import { type Progress, step, stopSet, toStandardError } from '@godwit/devcluster';
import { deployShop, fileManifest, followAcknowledgements, rowHashes, shopReady } from '@godwit/example-shop';
import { godwit, migrateArguments } from '../support/godwit.ts';
import { type LocalSet, startLocalSet } from '../support/local-set.ts';
import { holds, runs } from '../support/runs.ts';
import { type Before, differences } from './compare.ts';
import { nextCommands } from './next-commands.ts';
import { HOLD_BEFORE, type Tamper, tamperWithFile, tamperWithRow } from './tamper.ts';

const SET = 'demo';
const say: Progress = toStandardError;

const tamperFrom = (text: string | undefined): Tamper => {
  if (text === undefined || text === '') return 'none';
  if (text === 'file' || text === 'row') return text;
  throw new Error(`TAMPER is "${text}"; set it to file or row, or leave it out`);
};

/** A demo that was run before is taken back first, so that the shop starts on alpha again. */
const takeBack = async (set: LocalSet): Promise<void> => {
  const earlier = (await runs(set.beta).catch(() => [])).filter(({ spec }) => spec.rollback !== true).at(-1);
  const plan = earlier?.spec.migPlanRef?.name;
  if (earlier === undefined || plan === undefined || !holds(earlier, 'Succeeded')) return;
  await step(say, 'take the migration of an earlier demo back', async () => {
    const { exitCode, stderr } = await godwit(set, ['run', 'rollback', plan, '--context=beta', '--wait', '--yes']);
    if (exitCode !== 0) throw new Error(`the earlier demo could not be taken back; start afresh with make demo-down. ${stderr}`);
  });
};

const deploy = ({ alpha }: LocalSet): Promise<void> =>
  step(say, 'deploy the sample application shop into alpha: 200,000 rows, 5,000 files', async () => {
    await deployShop(alpha);
    await shopReady(alpha);
  });

/** Migrates as a user would, while the shop's writer keeps adding rows; returns the exit code and what the shop held when it was put to sleep. */
const migrate = async (set: LocalSet, tamper: Tamper): Promise<{ exitCode: number; before: Before }> => {
  const acknowledgements = followAcknowledgements(set.alpha);
  const [rows, files] = await step(
    say,
    'note every row and every file of the shop',
    async () => [await rowHashes(set.alpha), await fileManifest(set.alpha)] as const,
  );
  const ended = new AbortController();
  const tampering =
    tamper === 'file'
      ? tamperWithFile(set, ended.signal).then((file) => say(`TAMPER=file: one byte of ${file} altered on beta`))
      : Promise.resolve();
  const migration = godwit(set, migrateArguments(set, 'shop', tamper === 'file' ? [`--hold-before=${HOLD_BEFORE}`] : []), { show: true });
  tampering.catch(() => migration.kill('SIGINT')); // the migration would wait for ever; the fault is told below
  const { exitCode = 1 } = await migration;
  ended.abort();
  await tampering;
  if (exitCode === 0) await acknowledgements.ended;
  acknowledgements.stop();
  return { exitCode, before: { rows: new Map([...rows, ...acknowledgements.acknowledged]), files } };
};

const prove = async (set: LocalSet, before: Before, tamper: Tamper): Promise<string[]> => {
  await step(say, 'wait for the shop to be ready on beta', () => shopReady(set.beta));
  if (tamper === 'row') {
    await tamperWithRow(set);
    say('TAMPER=row: row 1 altered on beta');
  }
  return step(say, `compare ${before.rows.size} acknowledged rows and ${before.files.size} files with beta`, () =>
    differences(set, before),
  );
};

const demo = async (tamper: Tamper): Promise<number> => {
  const set = await startLocalSet(SET, say);
  await takeBack(set);
  await deploy(set);
  const { exitCode, before } = await migrate(set, tamper);
  if (exitCode !== 0) {
    say(`error: godwit migrate ended with exit code ${exitCode}; what it did and what it left is said above`);
    return exitCode;
  }
  const found = await prove(set, before, tamper);
  for (const each of found.slice(0, 20)) say(`error: ${each}`);
  if (found.length > 0) return 3;
  console.log(`Moved: ${before.rows.size} acknowledged rows and ${before.files.size} files are on beta, unchanged.`);
  return 0;
};

const began = Date.now();
const exitCode = await demo(tamperFrom(process.env.TAMPER)).catch((error: Error) => {
  say(`error: ${error.message}`);
  return 1;
});
if (process.env.ONCE === '1') await step(say, 'remove the clusters', () => stopSet(SET));
else console.log(['', 'Both clusters are still running. Next:', ...nextCommands(SET).map((line) => `  ${line}`)].join('\n'));
console.log(`\nThe demo took ${Math.round((Date.now() - began) / 1000)} s.`);
process.exitCode = exitCode;
