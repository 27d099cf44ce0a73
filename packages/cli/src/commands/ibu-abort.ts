import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { failedCleanup, wouldFinalize } from '../ibu/facts.ts';
import { type MoveOptions, moveTo } from '../ibu/move.ts';
import { foundUpgrade, nothingToDo, onNode } from '../ibu/node.ts';
import { retry } from '../ibu/way-out.ts';
import { stageFlags } from './ibu-flags.ts';

/** `godwit ibu abort`. */
export const ibuAbort = command<MoveOptions>({
  words: ['ibu', 'abort'],
  summary: 'Undoes what was begun before the reboot: the prepared release and its backups are deleted, the node goes on as it is',
  flags: stageFlags,
  examples: [['Give an upgrade up', 'ibu abort']],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation);
    if (failedCleanup(upgrade) === 'AbortFailed' && options.dryRun !== true) return retry(invocation, upgrade, options);
    if (wouldFinalize(upgrade))
      throw nothingToDo(
        'the upgrade cannot be aborted any more',
        'it is complete, and Idle would finalize it: the other release would be deleted',
        commandLine(invocation, 'ibu finalize'),
      );
    return moveTo(invocation, upgrade, { verb: 'abort', stage: 'Idle' }, options);
  },
});
