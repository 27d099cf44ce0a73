import { expect, test } from 'vitest';
import { type CopyOrder, compareCommand, copyCommand } from './command-line.ts';
import { readOptions } from './options.ts';

const order = (settings: Record<string, string> = {}, more: Partial<CopyOrder> = {}): CopyOrder => ({
  options: readOptions(settings).options,
  checksum: false,
  asRoot: true,
  sourceNamespace: 'shop',
  sourceHash: 'aaa',
  module: 'bbb',
  ...more,
});

test('a copy keeps the order of options that upstream has, with ours behind them', () => {
  expect(copyCommand(order())).toEqual([
    '/usr/bin/rsync',
    ...['--recursive', '--links', '--perms', '--devices', '--specials', '--times', '--owner', '--group'],
    ...['--hard-links', '--delete', '--partial', '--human-readable', '--log-file=/dev/stdout'],
    '--info=COPY2,DEL2,REMOVE2,SKIP2,FLIST2,PROGRESS2,STATS2',
    ...['--xattrs', '--acls', '--numeric-ids', '--filter=-x security.selinux', '--sparse', '--modify-window=-1', '--log-file-format='],
    '--password-file=/etc/rsync-credentials/password',
    ...['--exclude=/lost+found/', '/mnt/shop/aaa/', 'rsync://root@localhost/bbb', '--port', '2222'],
  ]);
});

test.each([
  ['leaves the archive options out', { RSYNC_OPT_ARCHIVE: 'false' }, '--recursive', false],
  ['keeps no hard links', { RSYNC_OPT_HARDLINKS: 'false' }, '--hard-links', false],
  ['deletes nothing', { RSYNC_OPT_DELETE: 'false' }, '--delete', false],
  ['keeps no partial files', { RSYNC_OPT_PARTIAL: 'false' }, '--partial', false],
  ['limits the bandwidth', { RSYNC_OPT_BWLIMIT: '100' }, '--bwlimit=100', true],
  ['limits no bandwidth below one', { RSYNC_OPT_BWLIMIT: '-1' }, '--bwlimit=-1', false],
  ['reports what it is told to', { RSYNC_OPT_INFO: 'COPY2,PROGRESS' }, '--info=COPY2,PROGRESS', true],
  ['takes extras as words of their own', { RSYNC_OPT_EXTRAS: '--exclude=a b --checksum-seed=1' }, '--checksum-seed=1', true],
  ['passes nothing that a shell could read', { RSYNC_OPT_EXTRAS: '--x;reboot' }, '--x;reboot', false],
])('a copy %s', (_title, settings, word, there) => {
  expect(copyCommand(order(settings)).includes(word)).toBe(there);
});

test('extras stand between the report words and our options, before --checksum', () => {
  const words = copyCommand(order({ RSYNC_OPT_EXTRAS: '--compress' }, { checksum: true }));
  expect(words.slice(words.indexOf('--compress') - 1).slice(0, 4)).toEqual([
    '--info=COPY2,DEL2,REMOVE2,SKIP2,FLIST2,PROGRESS2,STATS2',
    '--compress',
    '--checksum',
    '--xattrs',
  ]);
});

test('without root the times of folders are left alone', () => {
  expect(copyCommand(order({}, { asRoot: false }))).toContain('--omit-dir-times');
});

test('a comparison writes nothing and compares contents, owners, attributes and what is too much', () => {
  const words = compareCommand(order({ RSYNC_OPT_EXTRAS: '--exclude=cache --compress' }));
  expect(words).toEqual(
    expect.arrayContaining(['--dry-run', '--checksum', '--out-format=%i %n', '--xattrs', '--acls', '--delete', '--exclude=cache']),
  );
  expect(words).not.toContain('--compress');
  expect(words.slice(-4)).toEqual(['/mnt/shop/aaa/', 'rsync://root@localhost/bbb', '--port', '2222']);
});
