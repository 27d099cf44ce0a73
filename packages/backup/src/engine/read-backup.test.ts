import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@godwit/objectstore';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveWriter } from '../archive/archive-writer.ts';
import { backupKeys } from '../archive/keys.ts';
import { uploadGzip } from '../archive/upload.ts';
import { NAMES } from '../names.ts';
import { readBackup } from './read-backup.ts';

const path = await mkdtemp(join(tmpdir(), 'godwit-read-backup-'));
const store = openStore({ kind: 'folder', path });
const metadata = { byGodwit: { annotations: { [NAMES.engine]: 'embedded' } }, byVelero: {} };

beforeAll(async () => {
  for (const [name, more] of Object.entries(metadata)) {
    const writer = archiveWriter(() => {}, new Date(0));
    await Promise.all([uploadGzip(store, backupKeys(name).contents, writer.stream), writer.finish()]);
    await store.put(backupKeys(name).metadata, JSON.stringify({ metadata: { name, ...more }, spec: {} }));
  }
});
afterAll(() => rm(path, { recursive: true }));

test('a backup of this engine whose manifest is gone is refused, since nothing proves that it is whole', async () => {
  await expect((await readBackup(store, 'byGodwit'))?.open()).rejects.toThrow(
    'Backup byGodwit has lost its manifest backups/byGodwit/byGodwit-godwit-manifest.json.gz. Restore from another backup.',
  );
});

test('a backup of another engine has no manifest and is read as it is', async () => {
  const archive = await (await readBackup(store, 'byVelero'))?.open();
  expect(archive?.items).toEqual([]);
  await archive?.close();
});
