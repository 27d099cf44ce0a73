import type { HostedClusterMigration } from '@godwit/api';
import { step } from '@godwit/devcluster';
import { otherSide, type Side } from '../support/hosted/hosted-set.ts';
import { followMove, hasEnded, hasSucceeded, isHeld, readyOf, releaseMove, startMove } from '../support/hosted/move.ts';
import { compare } from './compare.ts';
import { startOldPlane } from './double-start.ts';
import { takePicture } from './picture.ts';
import { judgeProbing, startProbing } from './probing.ts';
import { rowsOf } from './rows.ts';
import type { Stage } from './stage.ts';
import { proveTeardown } from './teardown.ts';

const MOVE_SECONDS = 600;
const SOAK = '30s';

/** What a move cost. */
export type Journey = { move: HostedClusterMigration; awaySeconds: number };

const finish = async (stage: Stage, to: Side, name: string): Promise<HostedClusterMigration> => {
  await releaseMove(stage.set, to, name);
  const move = await followMove(stage.set, { to, name, seconds: MOVE_SECONDS, tell: (line) => stage.say(`  ${line}`) }, hasEnded);
  stage.score.holds('the move says that it succeeded', hasSucceeded(move), readyOf(move).message);
  return move;
};

/** Lines 3 to 7 for one move: it goes up to the teardown while everything is probed, then all is compared, then what is left is removed. */
export const journey = async (stage: Stage, to: Side, name: string): Promise<Journey> => {
  const { set, say, score } = stage;
  const before = await step(say, `note everything of the hosted cluster on ${otherSide(to)}`, () => takePicture(stage, otherSide(to)));
  const probing = startProbing(stage, name, before);
  say(`move the hosted cluster to ${to}; it is observed for ${SOAK} after the switch`);
  await startMove(set, name, { to, soak: SOAK, holdBefore: ['TearDownSource'] });
  const held = await followMove(
    set,
    { to, name, seconds: MOVE_SECONDS, tell: (line) => say(`  ${line}`) },
    (move) => isHeld(move) || hasEnded(move),
  );
  score.holds(`the hosted cluster serves on ${to}`, isHeld(held), readyOf(held).message);
  const awaySeconds = await judgeProbing(stage, probing, held);
  if (!isHeld(held)) return { move: held, awaySeconds };
  await compare(stage, to, before);
  await startOldPlane(stage, to);
  const move = await finish(stage, to, name);
  for (const line of rowsOf(move)) console.log(line);
  await proveTeardown(stage, to, move);
  return { move, awaySeconds };
};
