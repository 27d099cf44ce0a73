import { mkdirSync } from 'node:fs';
import { silent, stopSet } from '@godwit/devcluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepScore } from './support/score.ts';
import { makeSeed, registryOfSeed } from './support/upgrade/seeds.ts';
import { EDGE, MAKER, type Stage } from './support/upgrade/stage.ts';
import { idle, prepare, rollBack, upgrade } from './support/upgrade/stories.ts';
import { startNode, startUpgradeSet } from './support/upgrade/upgrade-set.ts';
import { countOf, furnishNode } from './support/upgrade/workload.ts';

const SET = 'upgrade-test';

let stage: Stage;

beforeAll(async () => {
  mkdirSync('build/e2e', { recursive: true });
  const set = await startUpgradeSet(SET, silent, true);
  await makeSeed(set, { maker: MAKER, version: '4.21.0' }, silent);
  const edge = await startNode(set, EDGE, '4.20.1', silent);
  await furnishNode(edge.kubectl, set);
  stage = { set, edge, score: keepScore(silent), say: silent };
});

afterAll(() => stopSet(SET));

const walked = (): string[] => stage.score.wrong();

test('skopeo and jq find the registry of a seed that a running cluster was made into', async () => {
  expect(await registryOfSeed(stage.set, '4.21.0')).toBe('registry.godwit.local:5000');
});

test('an upgrade is prepared beside the running release, and aborted without a trace', async () => {
  await prepare(stage, { version: '4.21.0' });
  await idle(stage, 'an abort leads back to Idle', 'rhcos_4.20.1');
  expect(walked()).toEqual([]);
});

test('an upgrade brings workload and data to the new release, a rollback back to the old one, and nothing is left over (T66)', async () => {
  await prepare(stage, { version: '4.21.0' });
  await upgrade(stage, '4.21.0', await countOf(stage.edge.kubectl));
  await rollBack(stage, '4.20.1', await countOf(stage.edge.kubectl));
  await idle(stage, 'a rollback is finalised', 'rhcos_4.20.1');
  expect(walked()).toEqual([]);
});
