import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Service, startService, startsAgain } from './service.ts';
import { unitOf } from './unit.ts';

const root = mkdtempSync(join(tmpdir(), 'godwit-launcher-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;

/** Starts a unit in a folder of its own, which its commands find as $F; `seen` reads a file of that folder. */
const start = (service: string, ready: Promise<unknown> = Promise.resolve()) => {
  const folder = mkdtempSync(join(root, `${count++}-`));
  const unit = unitOf('x', `[Service]\nEnvironment=F=${folder}\nRestartSec=0\n${service}`);
  const started = startService(unit, ready, { logs: join(folder, 'logs'), states: join(folder, 'states') });
  const seen = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { folder, service: started satisfies Service, seen };
};

const shell = (script: string): string => `/bin/sh -c '${script.replaceAll('$', '$$$$')}'`;

test.each([
  ['no', false, 'exit-code', false],
  ['on-failure', false, 'exit-code', true],
  ['on-failure', false, 'signal', true],
  ['on-failure', false, 'success', false],
  ['always', false, 'success', true],
  ['always', true, 'success', false],
  ['on-failure', true, 'resources', true],
] as const)('Restart=%s, runs once: %s, after %s: started again is %s', (restart, once, result, wanted) => {
  expect(startsAgain({ restart, once }, result)).toBe(wanted);
});

test('a unit that runs once is started when it has ended', async () => {
  const { service, seen } = start(`Type=oneshot\nExecStart=${shell('echo one > $F/out')}\nExecStart=${shell('echo two >> $F/out')}`);
  await service.started;
  expect([seen('out'), seen('states/x')]).toEqual(['one\ntwo\n', 'exited\n']);
});

test('a unit that runs once and fails holds up those behind it until it succeeds', async () => {
  const { service, seen } = start(
    `Type=oneshot\nRestart=on-failure\nExecStart=${shell('echo try >> $F/out; test $(wc -l < $F/out) -ge 3')}`,
  );
  await service.started;
  expect(seen('out')).toBe('try\ntry\ntry\n');
  expect(seen('logs/x.log')).toContain('launcher: ended with result exit-code');
});

test('a failure without a restart is told, and holds up nobody', async () => {
  const { service, seen } = start('Type=oneshot\nExecStart=/bin/false');
  await service.started;
  expect(seen('states/x')).toBe('failed exit-code\n');
});

test('a daemon is started when what confirms it has succeeded, and ends when it is told to', async () => {
  const { service, seen } = start(
    `ExecStart=${shell('echo up > $F/up; exec sleep 600')}\nExecStartPost=${shell('until test -s $F/up; do sleep 0.01; done')}`,
  );
  await service.started;
  expect([seen('up'), seen('states/x')]).toEqual(['up\n', 'active\n']);
  await service.stop();
  expect(seen('states/x')).toBe('stopped\n');
});

test('a daemon that ends before it is confirmed is started again', async () => {
  const fails = shell('echo try >> $F/tries; test $(wc -l < $F/tries) -ge 2 || exit 1; echo up > $F/up; exec sleep 600');
  const { service, seen } = start(
    `Restart=on-failure\nExecStart=${fails}\nExecStartPost=${shell('until test -s $F/up; do sleep 0.01; done')}`,
  );
  await service.started;
  expect(seen('tries')).toBe('try\ntry\n');
  await service.stop();
});

test('what runs after a unit learns how it ended', async () => {
  const { service, seen } = start(`Type=oneshot\nExecStart=/bin/false\nExecStopPost=${shell('echo $SERVICE_RESULT > $F/result')}`);
  await service.started;
  expect(seen('result')).toBe('exit-code\n');
});

test('a program that is not there is a failure like any other', async () => {
  const { service, seen } = start('ExecStart=/nowhere/program\nExecStartPost=/bin/sleep 600');
  await service.started;
  expect(seen('states/x')).toMatch(/^failed /);
});

test('a program that does not listen is killed after its time', async () => {
  const deaf = shell('trap "" TERM; echo up > $F/up; while :; do sleep 0.05; done');
  const { service, seen } = start(
    `TimeoutStopSec=100ms\nExecStart=${deaf}\nExecStartPost=${shell('until test -s $F/up; do sleep 0.01; done')}`,
  );
  await service.started;
  await service.stop();
  expect(seen('states/x')).toBe('stopped\n');
});

test('nothing starts before what it waits for, and nothing at all once it is stopped', async () => {
  const gate = Promise.withResolvers<void>();
  const { service, folder, seen } = start(`Type=oneshot\nExecStart=${shell('cat $F/gate > $F/out')}`, gate.promise);
  writeFileSync(join(folder, 'gate'), 'open\n');
  gate.resolve();
  await service.started;
  expect(seen('out')).toBe('open\n');
  const never = Promise.withResolvers<void>();
  const second = start(`Type=oneshot\nExecStart=${shell('echo no > $F/out')}`, never.promise);
  await second.service.stop();
  never.resolve();
  await second.service.started;
  expect(second.seen('states/x')).toBe('stopped\n');
});
