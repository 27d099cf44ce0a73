import { expect, test } from 'vitest';
import { unitTexts } from '../../tree/units.ts';
import { inOrder, predecessors } from './order.ts';
import { argvOf, type Unit, unitOf, variablesOf } from './unit.ts';

const unit = (service: string, order = ''): Unit =>
  unitOf('x', `[Unit]\nDescription=x\n${order}\n[Service]\n${service}\n[Install]\nWantedBy=multi-user.target\n`);

test.each([
  ['a daemon', 'ExecStart=/usr/bin/a', { once: false, restart: 'no', restartSeconds: 0.1, stopSeconds: 10 }],
  ['a unit that runs once', 'Type=oneshot\nExecStart=a', { once: true }],
  ['a unit that is started again', 'ExecStart=a\nRestart=on-failure\nRestartSec=5s', { restart: 'on-failure', restartSeconds: 5 }],
  ['minutes to stop', 'ExecStart=a\nTimeoutStopSec=2min', { stopSeconds: 120 }],
  ['a policy of restarts that is not known', 'ExecStart=a\nRestart=on-abort', { restart: 'no' }],
])('%s is read', (_title, service, wanted) => expect(unit(service)).toMatchObject(wanted));

test('the order names units only, since targets are not known', () => {
  const { after, before } = unit('ExecStart=a', 'After=etcd.service network.target\nAfter=b.service\nBefore=kubelet.service');
  expect({ after, before }).toEqual({ after: ['etcd', 'b'], before: ['kubelet'] });
});

test.each([
  ['a directive that is not known', 'ExecStart=a\nUser=core', 'uses User'],
  ['two main processes', 'ExecStart=a\nExecStart=b', '2 lines ExecStart'],
  ['none', 'Type=simple', '0 lines ExecStart'],
  ['a prefix that changes rights', 'ExecStart=+a', 'a command with +'],
])('a unit with %s is refused', (_title, service, words) => expect(() => unit(service)).toThrow(words));

test('a unit that runs once may have several commands, or none', () => {
  expect(unit('Type=oneshot\nExecStart=a\nExecStart=-b').commands.ExecStart).toEqual([
    { words: ['a'], forgiven: false },
    { words: ['b'], forgiven: true },
  ]);
  expect(unit('Type=oneshot').commands.ExecStart).toEqual([]);
});

test('variables are read when the command starts, files over the unit', () => {
  const read = unit(`Environment=A=1 B=2\nEnvironmentFile=/b\nEnvironmentFile=-/none\nExecStart=a \${A}\${B} 100%% "$$HOME"`);
  const variables = variablesOf(read, (path) => (path === '/b' ? 'B=3\n' : undefined));
  expect(variables).toEqual({ A: '1', B: '3' });
  expect(read.commands.ExecStart.map((command) => argvOf(command, variables))).toEqual([['a', '13', '100%', '$HOME']]);
});

test('a file of variables that must be there and is not is named', () => {
  expect(() => variablesOf(unit('EnvironmentFile=/none\nExecStart=a'), () => undefined)).toThrow('Unit x reads variables from /none');
});

const named = (name: string, order = ''): Unit => unitOf(name, `[Unit]\n${order}\n[Service]\nExecStart=a`);

test('units come after what they wait for, and otherwise by their names', () => {
  const units = [named('c'), named('b', 'After=d.service'), named('d'), named('a', 'Before=c.service\nAfter=gone.service')];
  expect(inOrder(units).map(({ name }) => name)).toEqual(['a', 'c', 'd', 'b']);
  expect(predecessors(named('b', 'After=d.service'), units)).toEqual(['d']);
});

test('units that wait for each other are named', () => {
  expect(() => inOrder([named('a', 'After=b.service'), named('b', 'After=a.service'), named('c')])).toThrow('wait for each other: a, b');
});

test('the units of a release are understood, and the cluster starts after what renames it', () => {
  const units = Object.entries(unitTexts()).map(([name, text]) => unitOf(name.replace('.service', ''), text));
  const renaming = named('installation-configuration', 'After=state-folders.service');
  const names = inOrder([...units, renaming]).map(({ name }) => name);
  const places = ['state-folders', 'installation-configuration', 'cluster-identity', 'etcd', 'kube-apiserver', 'kubelet', 'node-role'].map(
    (name) => names.indexOf(name),
  );
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places).not.toContain(-1);
});
