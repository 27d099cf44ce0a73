import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { PrepareOrder } from '../../test/prepare-once.ts';
import { expectPrepared, prepareRoom, requestOf } from '../../test/prepare-room.ts';
import { prepareStateroot, staterootSteps } from './prepare.ts';

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
