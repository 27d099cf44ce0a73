import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import { expectPrepared, prepareRoom } from '../../test/prepare-room.ts';
import { newSysroot } from '../../test/sysroot.ts';
import { sysrootDriver } from '../host/sysroot.ts';
import type { JournalRecord } from '../journal/journal-file.ts';
import { prepareStateroot } from './prepare.ts';

const room = prepareRoom();
const { signal } = new AbortController();

const run = (...[program = '', ...args]: string[]): string => execFileSync(program, args, { encoding: 'utf8' });

let place = '';
const at = (name: string): string => join(place, name);

// Sparse; ext4 writes by itself only after longer than a test takes.
const BYTES = 3e9;
const mount = (image: string): string => {
  mkdirSync(at('disk'), { recursive: true });
  run('mount', '-o', 'loop,commit=600', image, at('disk'));
  return at('disk');
};

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'godwit-power-cut-'));
  writeFileSync(at('disk.img'), '');
  truncateSync(at('disk.img'), BYTES);
  run('mkfs.ext4', '-q', at('disk.img'));
});
afterEach(() => {
  run('sh', '-c', 'while mountpoint -q "$1"; do umount "$1"; done', 'sh', at('disk'));
  rmSync(place, { recursive: true });
});

const hostIn = async (folder: string) => {
  const host = sysrootDriver(folder);
  await host.reboot('test');
  mkdirSync(join(host.root, 'var/lib/kubernetes/pki'), { recursive: true });
  writeFileSync(join(host.root, 'var/lib/kubernetes/pki/ca.key'), 'our key');
  return host;
};

test('after a loss of power the journal says of no step that it is done whose files are gone', { timeout: 300_000 }, async () => {
  const { image, checksum } = await room.push('power', { treeFiles: { 'usr/bin/kubelet': 'precious '.repeat(20_000) } });
  const folder = await newSysroot(undefined, mount(at('disk.img')));
  const host = await hostIn(folder);
  run('sync', '--file-system', folder);
  const done: string[] = [];
  const keepDisk = ({ steps }: JournalRecord): void => {
    const last = steps.at(-1);
    if (last?.completedAt === undefined || done.includes(last.name)) return;
    done.push(last.name);
    run('cp', '--sparse=always', at('disk.img'), at(`${last.name}.img`));
  };
  await prepareStateroot(room.worldOf(image, { host }), { signal, written: keepDisk });
  for (const step of done) {
    run('umount', at('disk'));
    mount(at(`${step}.img`));
    const left = sysrootDriver(folder);
    await prepareStateroot(room.worldOf(image, { host: left }), { signal });
    await expectPrepared({ ...room, host: left, folder }, checksum);
    run('ostree', 'fsck', `--repo=${folder}/ostree/repo`);
  }
});
