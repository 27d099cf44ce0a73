import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { PrepareOrder } from '../../test/prepare-once.ts';
import { expectPrepared, prepareRoom, requestOf, VERSION } from '../../test/prepare-room.ts';
import type { JournalRecord } from '../journal/journal-file.ts';
import { prepareStateroot, staterootJournal, staterootSteps } from './prepare.ts';
import { workOf } from './world.ts';

const CHILD = fileURLToPath(new URL('../../test/prepare-once.ts', import.meta.url));

const room = prepareRoom();
const { signal } = new AbortController();

const prepareOnce = async (order: PrepareOrder): Promise<string | number> => {
  const child = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stdin.end(JSON.stringify(order));
  const [code, ending] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== null && code !== 0) throw new Error(said);
  return ending ?? 0;
};

test('killed between each two steps, it goes on and ends with one stateroot and one deployment', { timeout: 300_000 }, async () => {
  const { image, checksum } = await room.push('killed');
  // Each process begins the step that its forerunner began, completes it, and dies when it has begun the next one.
  const order: PrepareOrder = { folder: room.folder, access: room.access, request: requestOf(image), kill: { write: 3 } };
  let kills = 0;
  while ((await prepareOnce(order)) === 'SIGKILL') kills += 1;
  expect(kills).toBe(staterootSteps.length);
  await expectPrepared(room, checksum);
});

test('killed in the midst of pulling, unpacking, deploying and filling, with all its programs, it goes on', {
  timeout: 300_000,
}, async () => {
  const { image, checksum } = await room.push('midst');
  for (const step of ['pull-seed', 'unpack-repository', 'pull-commit', 'init-stateroot', 'deploy', 'fill-etc'])
    await prepareOnce({ folder: room.folder, access: room.access, request: requestOf(image), kill: { step, milliseconds: 15 } });
  await prepareStateroot(room.worldOf(image), { signal });
  await expectPrepared(room, checksum);
});

test('killed while the image of an unpacked seed is removed, it goes on', async () => {
  const { image, checksum } = await room.push('removing');
  const world = room.worldOf(image);
  const path = staterootJournal(room.host.root, VERSION);
  const ending = new AbortController();
  let begun = '';
  const written = () => {
    const text = readFileSync(path, 'utf8');
    const last = (JSON.parse(text) as JournalRecord).steps.at(-1);
    if (last?.name !== 'unpack-seed') return;
    if (last.completedAt === undefined) begun = text;
    else ending.abort(new Error('killed'));
  };
  await expect(prepareStateroot(world, { signal: ending.signal, written })).rejects.toThrow('killed');
  // As it was a moment before: some of the image is gone, and the journal does not say that the step is done.
  writeFileSync(path, begun);
  mkdirSync(workOf(world).image);
  writeFileSync(join(workOf(world).image, 'version'), 'what is left of it');
  await prepareStateroot(world, { signal });
  await expectPrepared(room, checksum);
});

test('a seed that was unpacked for another image is not taken for that of this one', async () => {
  const other = await room.push('other', { treeFiles: { 'usr/lib/other': 'other' } });
  const ending = new AbortController();
  const written = ({ steps }: JournalRecord) => steps.at(-1)?.name === 'check-seed' && ending.abort(new Error('the stage was set to Idle'));
  await expect(prepareStateroot(room.worldOf(other.image), { signal: ending.signal, written })).rejects.toThrow('Idle');
  const { image, checksum } = await room.push('this-one');
  expect(checksum).not.toBe(other.checksum);
  await prepareStateroot(room.worldOf(image), { signal });
  await expectPrepared(room, checksum);
});
