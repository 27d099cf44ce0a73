import { MigMigration } from '@godwit/api';
import { command } from '../command.ts';
import { found } from '../lookup.ts';
import { type WaitOptions, waitFlags, waitForRun } from './wait-for-run.ts';

/** `godwit run attach`: comes back to a run that goes on. */
export const runAttach = command<WaitOptions>({
  words: ['run', 'attach'],
  summary: 'Watches a run until it is over; the exit code equals the outcome',
  takes: [['<run>', 'name of the run']],
  flags: waitFlags.filter(([flags]) => flags !== '--wait'),
  examples: [['Come back to a run', 'run attach shop-1']],
  run: async (invocation, [text = ''], options) => {
    const { metadata } = await found(invocation, 'run', MigMigration, text);
    return waitForRun(invocation, metadata.name ?? '', options);
  },
});
