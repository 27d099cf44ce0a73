import { mkdirSync } from 'node:fs';
import { listNodes, type Progress, powerOffNode, removeNode } from '@godwit/devcluster';
import { openNode, type TestNode } from '../../support/node.ts';
import { makeSeed, seedImage } from '../../support/upgrade/seeds.ts';
import { startNode, startUpgradeSet, type UpgradeSet } from '../../support/upgrade/upgrade-set.ts';
import { furnishNode } from '../../support/upgrade/workload.ts';
import { hasImage } from './registry.ts';

/** The set that these faults own. */
export const UPGRADE_FAULTS = 'faults-upgrade';
/** The node that is struck. */
export const EDGE = 'edge';
/** The release that the node always comes back to, and the one that it is taken to. */
export const [OLD, NEW] = ['4.20.1', '4.21.0'] as const;

const MAKER = 'maker';

/** Where logs of a run go. */
export const FOLDER = 'build/faults';

/** A node with a workload, a seed of a newer release, and what they need. */
export type Stage = { set: UpgradeSet; edge: TestNode; say: Progress };

/** Starts everything; what an earlier run has kept is used again. */
export const prepareStage = async (say: Progress): Promise<Stage> => {
  mkdirSync(FOLDER, { recursive: true });
  const set = await startUpgradeSet(UPGRADE_FAULTS, say);
  for (const { id } of listNodes(set.id).filter((node) => node.id === MAKER)) {
    await powerOffNode(set.id, id);
    await removeNode(set.id, id);
  }
  if (!(await hasImage(set, seedImage(NEW)))) await makeSeed(set, { maker: MAKER, version: NEW }, say);
  if (listNodes(set.id).some(({ id }) => id === EDGE)) return { set, edge: await openNode(set.id, EDGE), say };
  const edge = await startNode(set, EDGE, OLD, say);
  await furnishNode(edge.kubectl, set);
  return { set, edge, say };
};
