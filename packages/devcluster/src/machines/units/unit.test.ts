import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { UnitEntry } from '../ignition/config.ts';
import { BootstrapRefused } from '../ignition/refused.ts';
import { environmentOf, environmentOfFile } from './environment.ts';
import { launcherOf } from './launcher.ts';
import { isStarted, programOf } from './unit.ts';
import { expand, wordsOf } from './words.ts';

const unit = (service: string, more: Partial<UnitEntry> = {}): UnitEntry => ({
  name: 'kubelet.service',
  enabled: true,
  contents: `[Unit]\nDescription=x\n[Service]\n${service}\n[Install]\nWantedBy=multi-user.target\n`,
  ...more,
});
const files: Record<string, string> = { '/etc/kubernetes/node.env': '# this machine\nNODE_NAME=worker-1\nNODE_IP="10.1.2.3"\n' };
const program = (entry: UnitEntry) => programOf(entry, (path) => files[path]);

test('a kubelet is started with the values of its machine', () => {
  const service = `EnvironmentFile=/etc/kubernetes/node.env\nExecStart=kubelet \\\n  --hostname-override=\${NODE_NAME} \\\n  --node-ip=\${NODE_IP}\nRestart=always`;
  expect(program(unit(service))).toEqual({
    name: 'kubelet',
    argv: ['kubelet', '--hostname-override=worker-1', '--node-ip=10.1.2.3'],
    environment: { NODE_NAME: 'worker-1', NODE_IP: '10.1.2.3' },
    once: false,
  });
});

test('a drop-in adds variables and replaces the command', () => {
  const dropins = [
    { name: '20.conf', contents: `[Service]\nExecStart=\nExecStart=/usr/local/bin/kubelet \${EXTRA}` },
    { name: '10.conf', contents: '[Service]\nEnvironment="EXTRA=--v=2"' },
  ];
  expect(program(unit('ExecStart=kubelet', { dropins })).argv).toEqual(['/usr/local/bin/kubelet', '--v=2']);
});

test.each([
  ['a oneshot unit runs once', 'Type=oneshot\nExecStart=true', { once: true }],
  ['a failure that is forgiven changes nothing', 'ExecStart=-true', { argv: ['true'] }],
  ['a percent sign is written twice', 'ExecStart=date +%%s', { argv: ['date', '+%s'] }],
  ['a file of variables may be absent when it says so', 'EnvironmentFile=-/etc/none\nExecStart=true', { environment: {} }],
  [
    'a file of variables wins over variables',
    'Environment=NODE_NAME=other\nEnvironmentFile=/etc/kubernetes/node.env\nExecStart=true',
    { environment: { NODE_NAME: 'worker-1' } },
  ],
])('%s', (_title, service, wanted) => {
  expect(program(unit(service))).toMatchObject(wanted);
});

test.each([
  ['no command', 'Type=simple', '0 lines ExecStart'],
  ['two commands', 'ExecStart=a\nExecStart=b', '2 lines ExecStart'],
  ['something to run before', 'ExecStartPre=mkdir /x\nExecStart=a', 'uses ExecStartPre'],
  ['another user', 'User=core\nExecStart=a', 'uses User'],
  ['a specifier', 'ExecStart=a %H', '% specifier'],
  ['a prefix that changes rights', 'ExecStart=+a', 'ExecStart with +'],
  ['a file of variables that is absent', 'EnvironmentFile=/etc/none\nExecStart=a', '/etc/none'],
  ['a quote that is never closed', 'ExecStart=a "b', 'not closed'],
])('a unit with %s is refused by name', (_title, service, words) => {
  expect(() => program(unit(service))).toThrow(BootstrapRefused);
  expect(() => program(unit(service))).toThrow(words);
});

test.each([
  ['is enabled and has contents', unit(''), true],
  ['is not enabled', unit('', { enabled: false }), false],
  ['is masked', unit('', { mask: true }), false],
  ['belongs to an operating system', { name: 'crio.service', enabled: true }, false],
])('whether a unit that %s is started', (_title, entry, started) => {
  expect(isStarted(entry)).toBe(started);
});

test.each([
  ['a b  c', ['a', 'b', 'c']],
  ['a "b c" d', ['a', 'b c', 'd']],
  [`'a "b"' c`, ['a "b"', 'c']],
  ['a"b c"d', ['ab cd']],
  ['"" a', ['', 'a']],
  ['a\\sb "c\\"d"', ['a b', 'c"d']],
  ['', []],
])('the line %j has the words %j', (line, words) => {
  expect(wordsOf(line)).toEqual(words);
});

test.each([
  [[`x=\${A}-\${B}`], ['x=1 2-']],
  [
    ['$A', '$B', 'c'],
    ['1', '2', 'c'],
  ],
  [
    ['$$A', 'cost$'],
    ['$A', 'cost$'],
  ],
])('the words %j become %j', (words, expanded) => {
  expect(expand(words, { A: '1 2' })).toEqual(expanded);
});

test('variables are read as systemd writes them', () => {
  expect(environmentOf('A=1 "B=two words" nonsense')).toEqual({ A: '1', B: 'two words' });
  expect(environmentOfFile("A=1\n; no\n B = no\nC='x y'\nD=a=b\n")).toEqual({ A: '1', C: 'x y', D: 'a=b' });
});

test('a shell reads every argument and variable of the launcher unchanged', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 4 }), word, (argv, value) => {
      const script = launcherOf([{ name: 'x', argv: ['printf', '%s\\0', ...argv, value], environment: { VALUE: value }, once: true }]);
      const body = /program_0\(\) \{[\s\S]*\n\}(?=\nonce )/.exec(script)?.[0] ?? '';
      const printed = execFileSync('/bin/sh', ['-c', `${body}\n(program_0)`]).toString();
      expect(printed.split('\0').slice(0, -1)).toEqual([...argv, value]);
    }),
    { numRuns: 25 },
  );
});

test('the launcher starts programs in their order, and waits for those that run once', () => {
  const started = launcherOf([
    { name: 'first', argv: ['a'], environment: {}, once: true },
    { name: 'second', argv: ['b'], environment: {}, once: false },
  ]).split('\n');
  const at = (line: string) => started.indexOf(line);
  expect([at("once program_0 'first'") > 0, at("always program_1 'second' &") > at("once program_0 'first'")]).toEqual([true, true]);
});
