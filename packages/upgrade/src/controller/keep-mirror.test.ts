import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBasedUpgrade } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { expect, test } from 'vitest';
import { readMirror } from '../carried/carried-upgrade.ts';
import { agentFiles } from '../carried/paths.ts';
import { conditions } from '../stage/conditions.fixture.ts';
import { hostDouble } from './host-double.fixture.ts';
import { mirrorOf } from './keep-mirror.ts';

const upgrade: ImageBasedUpgrade = {
  apiVersion: 'lca.openshift.io/v1',
  kind: 'ImageBasedUpgrade',
  metadata: { name: 'upgrade' },
  spec: { stage: 'Prep' },
  status: { conditions: [...conditions('Idle=False:InProgress:In progress')] },
};

test('a disk that takes nothing keeps no round from going on, is told once, and is tried again', async () => {
  const host = hostDouble('*rhcos');
  const errors: string[] = [];
  const log = { ...silentLog, error: (_fields: object, text: string) => void errors.push(text) };
  // A file cannot take the place of a folder with something in it, also not for root.
  const inTheWay = join(host.root, agentFiles.mirror);
  mkdirSync(join(inTheWay, 'x'), { recursive: true });
  for (let round = 0; round < 3; round += 1) await mirrorOf({ host, log })(upgrade);
  expect(errors).toEqual(['the upgrade cannot be saved to disk; if it is deleted now, it begins anew']);
  rmSync(inTheWay, { recursive: true });
  await mirrorOf({ host, log })(upgrade);
  expect(await readMirror(host)).toEqual(upgrade);
});
