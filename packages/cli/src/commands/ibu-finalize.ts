import type { ImageBasedUpgrade } from '@godwit/api';
import { whatIdleDeletes } from '@godwit/upgrade';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { failedCleanup, holds, wouldFinalize } from '../ibu/facts.ts';
import { gather } from '../ibu/gather.ts';
import { type MoveOptions, moveTo } from '../ibu/move.ts';
import { suggestions } from '../ibu/next-commands.ts';
import { foundUpgrade, nothingToDo, onNode, reportOf } from '../ibu/node.ts';
import { headline } from '../ibu/upgrade-view.ts';
import { retry } from '../ibu/way-out.ts';
import type { Invocation } from '../invocation.ts';
import { stageFlags, yesFlag } from './ibu-flags.ts';

const consequencesOf = async (invocation: Invocation, upgrade: ImageBasedUpgrade): Promise<string[]> => {
  const client = invocation.client();
  const deletions = await whatIdleDeletes(client, upgrade, await reportOf(client));
  const isBack = holds(upgrade, 'RollbackCompleted');
  return [
    'this deletes:',
    ...deletions.map(({ object, remark }) => `  ${object}${remark === undefined ? '' : `  (${remark})`}`),
    isBack ? 'after it the failed upgrade cannot be looked into any more' : 'after it nothing can be rolled back any more',
    `to keep what explains this upgrade, first: ${commandLine(invocation, 'ibu finalize --gather FOLDER')}`,
    ...(isBack ? ['bundles of failed releases in /var/lib/lca/evidence of the node stay'] : []),
  ];
};

/** `godwit ibu finalize`. */
export const ibuFinalize = command<MoveOptions & { gather?: string }>({
  words: ['ibu', 'finalize'],
  summary: 'Ends a complete upgrade or rollback: the other release is deleted, and there is no way back',
  flags: [
    ...stageFlags,
    yesFlag,
    ['--gather <folder>', 'before: writes the upgrade, its report, events, backups and restores into this folder'],
  ],
  examples: [
    ['See what would be deleted', 'ibu finalize --dry-run'],
    ['Keep what explains a failure, then finalize', 'ibu finalize --gather kept --yes'],
  ],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const { terminal } = invocation;
    const upgrade = await foundUpgrade(invocation);
    if (options.gather !== undefined && options.dryRun !== true)
      for (const path of await gather(invocation.client(), options.gather)) terminal.err(`gathered ${path}`);
    if (failedCleanup(upgrade) === 'FinalizeFailed' && options.dryRun !== true) return retry(invocation, upgrade, options);
    if (holds(upgrade, 'Idle')) {
      terminal.out('ibu/upgrade is Idle: there is nothing to finalize');
      return exitCodes.done;
    }
    if (!wouldFinalize(upgrade))
      throw nothingToDo(
        'the upgrade cannot be finalized yet',
        `neither an upgrade nor a rollback is complete (${headline({ upgrade })})`,
        commandLine(invocation, suggestions(upgrade)[0]?.[0] ?? 'ibu status'),
      );
    const consequences = await consequencesOf(invocation, upgrade);
    const move = {
      verb: 'finalize',
      stage: 'Idle',
      consequences,
      question: 'Delete all this?',
    } as const;
    return moveTo(invocation, upgrade, move, options);
  },
});
