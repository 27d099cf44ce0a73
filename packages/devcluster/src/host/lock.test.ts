import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { thisProcess } from '../processes/identity.ts';
import { withLock } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('two holders never work at the same time', async () => {
  const path = join(folder, 'busy.lock');
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} ends`);
  };
  await Promise.all([withLock(path, work('a')), withLock(path, work('b'))]);
  const [first] = events;
  expect(events[1]).toBe(first?.replace('begins', 'ends'));
});

test('a lock whose holder has died is taken over, and nothing is left beside it', async () => {
  const path = join(folder, 'dead.lock');
  writeFileSync(path, JSON.stringify({ ...thisProcess(), startTime: '1' }));
  expect(await withLock(path, async () => 'done')).toBe('done');
  expect(readdirSync(folder).filter((name) => name.startsWith('dead'))).toEqual([]);
});

test('a failing work gives the lock back', async () => {
  const path = join(folder, 'failing.lock');
  await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(existsSync(path)).toBe(false);
});

test('who waits is told for whom', async () => {
  const path = join(folder, 'waited.lock');
  const lines: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = withLock(path, () => promise);
  const second = withLock(
    path,
    async () => {},
    (line) => {
      lines.push(line);
      resolve();
    },
  );
  await Promise.all([first, second]);
  expect(lines).toEqual([`Waiting for process ${process.pid}, which holds ${path}`]);
});
