import { mkdirSync } from 'node:fs';
import { describeSet, step, stopSet, toStandardError } from '@godwit/devcluster';
import { keepScore } from '../score.ts';
import { makeSeed } from './seeds.ts';
import { EDGE, FOLDER, MAKER, type Stage } from './stage.ts';
import { startNode, startUpgradeSet } from './upgrade-set.ts';
import { furnishNode } from './workload.ts';

/** Starts a set anew: a seed of 4.21.0 in its registry, and a node that runs 4.20.1 with a workload. */
export const openStage = async (id: string): Promise<Stage> => {
  const say = toStandardError;
  mkdirSync(FOLDER, { recursive: true });
  if (describeSet(id) !== undefined) await step(say, 'remove the nodes of an earlier run', () => stopSet(id));
  const set = await startUpgradeSet(id, say);
  await makeSeed(set, { maker: MAKER, version: '4.21.0' }, say);
  const edge = await startNode(set, EDGE, '4.20.1', say);
  await furnishNode(edge.kubectl, set);
  return { set, edge, score: keepScore(say), say };
};
