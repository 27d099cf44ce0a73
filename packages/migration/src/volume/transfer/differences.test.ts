import { expect, test } from 'vitest';
import { comparator, difference, KEPT_DIFFERENCES } from './differences.ts';

test.each([
  ['*deleting   a.new', { path: 'a.new', change: 'extra' }],
  ['<f+++++++++ new\\#012line', { path: 'new\\#012line', change: 'missing' }],
  ['cL+++++++++ l', { path: 'l', change: 'missing' }],
  ['cd+++++++++ folder/', { path: 'folder/', change: 'missing' }],
  ['<fc.t...... sparse', { path: 'sparse', change: 'content' }],
  ['<fcstp..... a b', { path: 'a b', change: 'content' }],
  ['<f.s....... longer', { path: 'longer', change: 'content' }],
  ['cLc.t...... link', { path: 'link', change: 'content' }],
  ['.d..t...... ./', { path: './', change: 'metadata' }],
  ['.f....og... owned', { path: 'owned', change: 'metadata' }],
  ['.f.......a. rights', { path: 'rights', change: 'metadata' }],
  ['.f........x attributes', { path: 'attributes', change: 'metadata' }],
  ['hf..tp..... sub/b', { path: 'sub/b', change: 'metadata' }],
])('%s is a difference', (line, found) => {
  expect(difference(line)).toEqual(found);
});

test.each([
  '',
  'sending incremental file list',
  'Number of files: 20,021 (reg: 20,000, dir: 21)',
  'sent 126 bytes  received 19 bytes  290.00 bytes/sec',
  'total size is 22.47M  speedup is 4,168.34 (DRY RUN)',
  'godwit: rsync ended with exit code 0',
  '2026.11.21 09:38:09 LOG3[0]: transfer: s_poll_wait: TIMEOUTclose exceeded: closing',
])('"%s" is none', (line) => {
  expect(difference(line)).toBeUndefined();
});

test('lines are put together again however the log was cut', () => {
  const log = '<fc.t...... one\n*deleting   two\nNumber of files: 1,234 (reg: 1,000)\n.f...p..... three';
  for (const size of [1, 3, 7, 1000]) {
    const reader = comparator();
    for (let at = 0; at < log.length; at += size) reader.take(log.slice(at, at + size));
    expect(reader.end()).toEqual({
      files: 1234,
      count: 3,
      differences: [
        { path: 'one', change: 'content' },
        { path: 'two', change: 'extra' },
        { path: 'three', change: 'metadata' },
      ],
    });
  }
});

test('all differences are counted, the first are kept', () => {
  const reader = comparator();
  for (let index = 0; index < KEPT_DIFFERENCES + 7; index += 1) reader.take(`<f+++++++++ ${index}\n`);
  const { count, differences } = reader.end();
  expect([count, differences.length]).toEqual([KEPT_DIFFERENCES + 7, KEPT_DIFFERENCES]);
});
