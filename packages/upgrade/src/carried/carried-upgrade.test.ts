import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBasedUpgrade } from '@godwit/api';
import { expect, test } from 'vitest';
import { hostDouble } from '../controller/host-double.fixture.ts';
import { readCarried, readMirror, removeCarried, removeMirror, saveCarried, saveMirror } from './carried-upgrade.ts';
import { agentFiles } from './paths.ts';

const upgrade: ImageBasedUpgrade = {
  apiVersion: 'lca.openshift.io/v1',
  kind: 'ImageBasedUpgrade',
  metadata: { name: 'upgrade' },
  spec: { stage: 'Upgrade' },
};

test('what is saved for a stateroot is read by the boot of that stateroot', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.15.0');
  await saveCarried(host, upgrade, 'rhcos_4.15.0');
  expect(await readCarried(host)).toBeUndefined();
  expect(await readCarried(host, 'rhcos_4.15.0')).toEqual(upgrade);
  expect(await readCarried({ ...host, root: host.staterootPath('rhcos_4.15.0'), bootId: async () => 'boot-2' })).toEqual(upgrade);
});

test('the boot that saves it for itself does not take it back, the next one does', async () => {
  const host = hostDouble('*rhcos');
  await saveCarried(host, upgrade);
  expect(await readCarried(host)).toBeUndefined();
  host.boot = 'boot-2';
  expect(await readCarried(host)).toEqual(upgrade);
  await removeCarried(host);
  expect(await readCarried(host)).toBeUndefined();
});

test('a file that a person has put there is taken', async () => {
  const host = hostDouble('*rhcos');
  await saveCarried(host, upgrade);
  await removeCarried(host);
  writeFileSync(join(host.root, agentFiles.carried), JSON.stringify(upgrade));
  expect(await readCarried(host)).toEqual(upgrade);
});

test.each(['', '{', '[]', 'null', '{"kind":"Secret"}'])('a file that holds %j is refused, and what to do is said', async (text) => {
  const host = hostDouble('*rhcos');
  await saveCarried(host, upgrade);
  host.boot = 'boot-2';
  writeFileSync(join(host.root, agentFiles.carried), text);
  await expect(readCarried(host)).rejects.toThrow('holds no ImageBasedUpgrade. Look at it, then remove it');
});

test('what was last seen is kept until it is forgotten', async () => {
  const host = hostDouble('*rhcos');
  expect(await readMirror(host)).toBeUndefined();
  await saveMirror(host, upgrade);
  expect(await readMirror(host)).toEqual(upgrade);
  await removeMirror(host);
  expect(await readMirror(host)).toBeUndefined();
});
