import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endProcesses, signalProcess, startDaemon, waitForEnd } from './daemon.ts';
import { isAlive, thisProcess } from './identity.ts';
import { markedProcesses, markOf } from './marked.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-daemon-'));
afterAll(() => rmSync(folder, { recursive: true }));

const start = (script: string, env: Record<string, string> = {}) =>
  startDaemon({ argv: ['/bin/sh', '-c', script], env, log: join(folder, 'logs/out.log') });

test('a daemon writes to its log, and its end is noticed', async () => {
  // It stops itself, so that it is there when its number is looked up.
  const daemon = await start('echo "hello $WHO"; kill -STOP $$', { WHO: 'world' });
  await expect
    .poll(() => {
      signalProcess(daemon, 'SIGCONT');
      return isAlive(daemon);
    })
    .toBe(false);
  expect(await waitForEnd([daemon], 5000)).toEqual([]);
  expect(readFileSync(join(folder, 'logs/out.log'), 'utf8')).toContain('hello world');
});

test('a daemon is found by its mark, and so are its children', async () => {
  const daemon = await start('sleep 300 & wait', markOf(folder));
  await expect.poll(() => markedProcesses(folder).length).toBe(2);
  await endProcesses(markedProcesses(folder), 0);
  expect(isAlive(daemon)).toBe(false);
  expect(markedProcesses(folder)).toEqual([]);
});

test('another set has another mark', async () => {
  const daemon = await start('exec sleep 300', markOf(`${folder}-other`));
  expect(markedProcesses(folder)).toEqual([]);
  await endProcesses([daemon]);
});

test('a daemon that ignores the polite signal is ended all the same', async () => {
  const daemon = await start('trap "" TERM; while :; do sleep 1; done');
  await endProcesses([daemon], 100);
  expect(isAlive(daemon)).toBe(false);
});

test('a paused daemon can be ended', async () => {
  const daemon = await start('exec sleep 300');
  signalProcess(daemon, 'SIGSTOP');
  await endProcesses([daemon]);
  expect(isAlive(daemon)).toBe(false);
});

test('a process that only shares the number of a recorded one is left alone', async () => {
  await endProcesses([{ ...thisProcess(), startTime: '1' }]);
  expect(isAlive(thisProcess())).toBe(true);
});

test('a program that does not exist is named in the error', async () => {
  await expect(startDaemon({ argv: ['/no/such/program'], env: {}, log: join(folder, 'x.log') })).rejects.toThrow('/no/such/program');
});
