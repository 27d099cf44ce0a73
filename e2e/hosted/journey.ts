import type { HostedClusterMigration } from '@godwit/api';
import { step } from '@godwit/devcluster';
import { otherSide, type Side } from '../support/hosted/hosted-set.ts';
import { followMove, hasEnded, hasSucceeded, isHeld, lastWords, releaseMove, startMove } from '../support/hosted/move.ts';
import { moveByCommand } from './by-command.ts';
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

const follow = ({ set, say }: Stage, to: Side, name: string, satisfies: (move: HostedClusterMigration) => boolean) =>
  followMove(set, { to, name, seconds: MOVE_SECONDS, tell: (line) => say(`  ${line}`) }, satisfies);

const ended = async (stage: Stage, to: Side, move: HostedClusterMigration): Promise<void> => {
  stage.score.holds('the move says that it succeeded', hasSucceeded(move), lastWords(move));
  for (const line of rowsOf(move)) console.log(line);
  if (hasSucceeded(move)) await proveTeardown(stage, to, move);
};

/** Lines 3 to 7: the move is asked for by an object, stops before the teardown for the comparison and for an old plane started by hand, and is finished. */
export const journey = async (stage: Stage, to: Side, name: string): Promise<Journey> => {
  const { set, say, score } = stage;
  const before = await step(say, `note everything of the hosted cluster on ${otherSide(to)}`, () => takePicture(stage, otherSide(to)));
  const probing = startProbing(stage, name, before);
  say(`move the hosted cluster to ${to}; it is observed for ${SOAK} after the switch`);
  await startMove(set, name, { to, soak: SOAK, holdBefore: ['TearDownSource'] });
  const held = await follow(stage, to, name, (move) => isHeld(move) || hasEnded(move));
  score.holds(`the hosted cluster serves on ${to}`, isHeld(held), lastWords(held));
  const awaySeconds = await judgeProbing(stage, probing, held);
  if (!isHeld(held)) return { move: held, awaySeconds };
  await compare(stage, to, before);
  await startOldPlane(stage, to);
  await releaseMove(set, to, name);
  const move = await follow(stage, to, name, hasEnded);
  await ended(stage, to, move);
  return { move, awaySeconds };
};

/** Line 9, and 4 by the command: the same without stops, as a user does it. */
export const journeyByCommand = async (stage: Stage, to: Side, name: string): Promise<Journey> => {
  const before = await step(stage.say, `note everything of the hosted cluster on ${otherSide(to)}`, () =>
    takePicture(stage, otherSide(to)),
  );
  const probing = startProbing(stage, name, before);
  const move = await moveByCommand(stage, to, SOAK);
  const awaySeconds = await judgeProbing(stage, probing, move);
  await compare(stage, to, before);
  await ended(stage, to, move);
  return { move, awaySeconds };
};
