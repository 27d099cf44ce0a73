import { HostedClusterMigration } from '@godwit/api';
import type { Client, ObjectName } from '@godwit/kube';
import { commandLine, type Place } from '../../copyable.ts';
import type { ExitCode } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { moveSummaryLines } from '../../printers/describe-move.ts';
import { type Reporter, reporterFor } from '../../progress/reporter.ts';
import { unlessLeft, waitingOf } from '../../waiting.ts';
import { statesOf, type Waiting } from '../../watch-object.ts';
import { exitCodeOfMove, moveHasEnded, stateOfMove } from './move-facts.ts';
import { moveView } from './move-view.ts';

/** Whether following has nothing more to see: the move has ended, or cannot begin before the user changes something. */
const isOver = (move: HostedClusterMigration): boolean => moveHasEnded(move) || stateOfMove(move) === 'Blocked';

/** Follows a move until a state satisfies, telling every state; resolves with it. */
export const followMove = async (
  client: Client,
  name: ObjectName,
  waiting: Waiting,
  tell: (move: HostedClusterMigration) => void,
  enough: (move: HostedClusterMigration) => boolean = isOver,
): Promise<HostedClusterMigration> => {
  for await (const move of statesOf(client, HostedClusterMigration, name, waiting)) {
    if (move === undefined)
      throw new Failure(`move "${name.name}" is gone`, { reason: 'NotFound', why: 'somebody has deleted it', next: 'godwit run get' });
    tell(move);
    if (enough(move)) return move;
  }
  throw new Error(`the watch of move ${name.name} ended`);
};

/** A move to watch: where it is, who watches, and how commands to copy find it. */
export type Watched = { invocation: Invocation; client: Client; name: ObjectName; place: Place; timeoutSeconds: number | undefined };

/** Watches a move to its end and tells the outcome; the exit code equals it. Ctrl-C leaves it running. */
export const watchMove = ({ invocation, client, name, place, timeoutSeconds }: Watched): Promise<ExitCode> => {
  const { terminal } = invocation;
  const reporter: Reporter<HostedClusterMigration> = reporterFor(terminal, 1, moveView);
  const waiting = waitingOf(invocation, timeoutSeconds, reporter);
  return unlessLeft(
    invocation,
    waiting,
    commandLine(place, `run attach hcm/${name.name}`),
    async () => {
      try {
        reporter.step(`move ${name.name}`);
        const move = await followMove(client, name, waiting, reporter.run);
        reporter.end();
        for (const line of moveSummaryLines(move, new Date(), place)) terminal.out(line);
        return exitCodeOfMove(move);
      } finally {
        reporter.end();
      }
    },
    { standsIn: false },
  );
};
