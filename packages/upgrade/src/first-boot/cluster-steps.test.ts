import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { silentLog, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { expect, test } from 'vitest';
import { clusterSteps } from './cluster-steps.ts';
import { handedOver, SEED_DATA } from './places.ts';

const tidyUp = (root: string) =>
  clusterSteps
    .find(({ name }) => name === 'tidy-up')
    ?.run({
      root,
      clock: systemClock,
      log: silentLog,
      cluster: {} as Client,
      configuration: { api_version: 1, cluster_name: 'site', base_domain: 'example.com', cluster_id: 'id-1', hostname: 'node-1' },
    });

test('as long as the first boot has its configuration it knows what it has done', async () => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-tidy-'));
  const [configuration, done] = [join(root, handedOver.configuration), join(root, handedOver.folder, 'store-identity.done')];
  for (const path of [join(root, SEED_DATA, 'manifest.json'), done]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  }
  // A file in place of its folder: that it cannot be removed stops the step as a loss of power would.
  writeFileSync(dirname(configuration), '');
  await expect(tidyUp(root)).rejects.toThrow('ENOTDIR');
  expect([join(root, SEED_DATA), done].map((path) => existsSync(path))).toEqual([false, true]);
  rmSync(dirname(configuration));
  await tidyUp(root);
  expect(existsSync(join(root, handedOver.folder))).toBe(false);
  rmSync(root, { recursive: true });
});
