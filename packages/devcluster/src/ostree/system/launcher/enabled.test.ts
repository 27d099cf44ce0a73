import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { enabledUnits } from './enabled.ts';

const root = mkdtempSync(join(tmpdir(), 'godwit-units-'));
afterAll(() => rmSync(root, { recursive: true }));

const folders = { etc: join(root, 'etc/systemd/system'), usr: join(root, 'usr/lib/systemd/system') };
for (const folder of Object.values(folders)) mkdirSync(join(folder, 'multi-user.target.wants'), { recursive: true });

const write = (where: keyof typeof folders, name: string, service: string): void =>
  writeFileSync(join(folders[where], `${name}.service`), `[Service]\n${service}\n`);

const enable = (where: keyof typeof folders, name: string): void =>
  symlinkSync(`../${name}.service`, join(folders[where], 'multi-user.target.wants', `${name}.service`));

test('enabled units of both folders are found; those of /etc win; masked, absent and disabled ones are left out', () => {
  write('usr', 'etcd', 'ExecStart=/usr/bin/etcd');
  write('usr', 'kubelet', 'ExecStart=/usr/bin/kubelet');
  write('etc', 'kubelet', 'ExecStart=/usr/local/bin/kubelet');
  write('etc', 'disabled', 'ExecStart=/bin/true');
  write('etc', 'post-pivot', 'Type=oneshot\nExecStart=/bin/true');
  write('usr', 'masked', 'ExecStart=/bin/true');
  symlinkSync('/dev/null', join(folders.etc, 'masked.service'));
  for (const name of ['etcd', 'kubelet', 'masked', 'absent']) enable('usr', name);
  for (const name of ['post-pivot', 'kubelet']) enable('etc', name);
  const { units, faults } = enabledUnits(root);
  expect(units.map(({ name, commands }) => [name, commands.ExecStart[0]?.words[0]]).toSorted()).toEqual([
    ['etcd', '/usr/bin/etcd'],
    ['kubelet', '/usr/local/bin/kubelet'],
    ['post-pivot', '/bin/true'],
  ]);
  expect(faults).toEqual([]);
});

test('a unit that cannot be understood is told, and keeps no other from starting', () => {
  write('etc', 'odd', 'User=core\nExecStart=/bin/true');
  enable('etc', 'odd');
  const { units, faults } = enabledUnits(root);
  expect([units.length, faults]).toEqual([3, ['Unit odd uses User, which the launcher does not know']]);
});

test('a system without units starts none', () => expect(enabledUnits(join(root, 'nowhere'))).toEqual({ units: [], faults: [] }));
