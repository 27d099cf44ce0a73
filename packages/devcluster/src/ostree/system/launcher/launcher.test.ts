import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { serveControl } from './control.ts';
import { type Launcher, startUnits } from './launcher.ts';

const base = mkdtempSync(join(tmpdir(), 'godwit-system-'));
afterAll(() => rmSync(base, { recursive: true }));

let root: string;
let launcher: Launcher | undefined;
let server: Server | undefined;
const units = (): string => join(root, 'usr/lib/systemd/system');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const state = (name: string): string => read(`states/${name}`).trim();
const shell = (script: string): string => `/bin/sh -c '${script.replaceAll('$', '$$$$')}'`;

const write = (name: string, service: string, order = '', enabled = true): void => {
  writeFileSync(join(units(), `${name}.service`), `[Unit]\n${order}\n[Service]\nEnvironment=R=${root}\n${service}\n`);
  if (enabled) symlinkSync(`../${name}.service`, join(units(), 'multi-user.target.wants', `${name}.service`));
};

const boot = (): Launcher => {
  launcher = startUnits({ logs: join(root, 'logs'), states: join(root, 'states') }, root);
  return launcher;
};

beforeEach(() => {
  root = mkdtempSync(join(base, 'root-'));
  mkdirSync(join(units(), 'multi-user.target.wants'), { recursive: true });
});
afterEach(async () => {
  await launcher?.stopAll();
  server?.close();
});

test('units start after what they wait for, whether they run once or stay', async () => {
  const says = (name: string): string => shell(`echo ${name} >> $R/out`);
  write('third', `Type=oneshot\nExecStart=${says('third')}`, 'After=second.service');
  write('second', `ExecStart=/bin/sleep 600\nExecStartPost=${says('second')}`, 'After=first.service');
  write('first', `Type=oneshot\nExecStart=${says('first')}`);
  await boot().started;
  expect(read('out')).toBe('first\nsecond\nthird\n');
  expect([state('first'), state('second'), state('third')]).toEqual(['exited', 'active', 'exited']);
});

test('a unit stays down when it is stopped, also one that is always started again, and comes back by its file as it stands then', async () => {
  write('daemon', 'ExecStart=/bin/sleep 600\nRestart=always');
  const { started, stop, start } = boot();
  await started;
  await stop('daemon');
  expect(state('daemon')).toBe('stopped');
  write('daemon', `ExecStart=/bin/sleep 600\nExecStartPost=${shell('echo changed > $R/out')}`, '', false);
  await start('daemon');
  expect([state('daemon'), read('out')]).toEqual(['active', 'changed\n']);
});

test('a unit that is not enabled is started when it is asked for; one that is not there is refused', async () => {
  write('later', 'Type=oneshot\nExecStart=/bin/true', '', false);
  const { start, started } = boot();
  await started;
  await start('later');
  expect(state('later')).toBe('exited');
  await expect(start('nothing')).rejects.toThrow('There is no unit nothing');
});

test('what a unit has started ends with its main process, also when that is killed, before the unit starts again', async () => {
  const script =
    'test -e $R/child && { ps -o stat= -p "$(cat $R/child)" > $R/seen; exec sleep 600; }; sleep 600 & echo $! > $R/child; kill -9 $$';
  write('daemon', `ExecStart=${shell(script)}\nRestart=on-failure\nRestartSec=0.1`);
  await boot().started;
  await expect.poll(() => existsSync(join(root, 'seen'))).toBe(true);
  expect(read('seen').trim()).toMatch(/^Z?$/);
});

test('everything ends in the opposite order, and nothing is started meanwhile', async () => {
  const noted = (name: string): string => `ExecStart=/bin/sleep 600\nExecStopPost=${shell(`echo ${name} >> $R/ends`)}`;
  write('below', noted('below'));
  write('above', noted('above'), 'After=below.service');
  const { started, stopAll, start } = boot();
  await started;
  await stopAll();
  expect(read('ends')).toBe('above\nbelow\n');
  await expect(start('below')).rejects.toThrow('the system goes down');
});

const post = (path: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request({ socketPath: join(root, 'control'), path, method: 'POST' }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });

test('programs start and stop units through a socket', async () => {
  write('daemon', 'ExecStart=/bin/sleep 600');
  server = await serveControl(boot(), join(root, 'control'));
  expect(await post('/units/daemon/stop')).toEqual({ status: 204, body: '' });
  expect(state('daemon')).toBe('stopped');
  expect((await post('/units/daemon/start')).status).toBe(204);
  expect(state('daemon')).toBe('active');
  expect(await post('/units/none/start')).toEqual({ status: 409, body: 'There is no unit none, or it is masked\n' });
  expect((await post('/units/daemon/burn')).status).toBe(404);
});
