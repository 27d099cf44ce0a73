import { command } from '../command.ts';
import { watchMove } from '../hosted/move/follow-move.ts';
import { secondsIn } from '../invocation.ts';
import { foundRun, isMove } from '../runs.ts';
import { type WaitOptions, waitFlags, waitForRun } from './wait-for-run.ts';

/** `godwit run attach`: comes back to a run that goes on. */
export const runAttach = command<WaitOptions>({
  words: ['run', 'attach'],
  summary: 'Watches a run until it is over; the exit code equals the outcome',
  takes: [['<run>', 'name of the run']],
  flags: waitFlags.filter(([flags]) => flags !== '--wait'),
  examples: [['Come back to a run', 'run attach shop-1']],
  run: async (invocation, [text = ''], options) => {
    const run = await foundRun(invocation, text);
    const { namespace, name = '' } = run.metadata;
    if (!isMove(run)) return waitForRun(invocation, name, options);
    const timeoutSeconds = options.timeout === undefined ? undefined : secondsIn('--timeout', options.timeout);
    return watchMove({ invocation, client: invocation.client(), name: { namespace, name }, place: invocation, timeoutSeconds });
  },
});
