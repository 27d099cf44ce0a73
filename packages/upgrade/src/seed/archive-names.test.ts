import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runHere } from '../host/run.ts';
import { namesInArchive } from './archive-names.ts';

test('names come out as they are, whatever bytes are in them', async () => {
  const room = mkdtempSync(join(tmpdir(), 'godwit-names-'));
  const names = ['plain', 'new\nline', 'dev\\x2dsda', 'tab\t', 'ümlaut', '\\n', '377'].map((name) => Buffer.from(name));
  names.push(Buffer.from([0xff, 0x07, 0x80]));
  mkdirSync(join(room, 'etc'));
  for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${room}/etc/`), name]), '');
  writeFileSync(join(room, 'other'), '');
  execFileSync('tar', ['czf', join(room, 'x.tgz'), '-C', room, 'etc', 'other']);
  const found = await namesInArchive(runHere, join(room, 'x.tgz'), 'etc', new AbortController().signal);
  const hex = (each: Buffer): string => each.toString('hex');
  expect(found.map(hex).sort()).toEqual(
    [Buffer.from('etc/'), ...names.map((name) => Buffer.concat([Buffer.from('etc/'), name]))].map(hex).sort(),
  );
});
