import { upgradeAnnotations } from '@godwit/api';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { acceptanceOf } from '../ibu/ending.ts';
import { rollbackFailed } from '../ibu/facts.ts';
import { foundUpgrade, nothingToDo, onNode } from '../ibu/node.ts';
import { headline } from '../ibu/upgrade-view.ts';
import type { WaitOptions } from '../ibu/wait.ts';
import { askByAnnotation, retry } from '../ibu/way-out.ts';
import { confirmed } from '../migrate/confirmed.ts';
import { stageFlags, yesFlag } from './ibu-flags.ts';

const waitFlags = stageFlags.filter(([flags]) => flags !== '--dry-run');

/** `godwit ibu retry`. */
export const ibuRetry = command<WaitOptions>({
  words: ['ibu', 'retry'],
  summary: 'Tries again at once what has failed: cleaning up (AbortFailed, FinalizeFailed), or a rollback',
  flags: waitFlags,
  examples: [['Clean up again, once the bucket can be reached', 'ibu retry']],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation);
    const retried = retry(invocation, upgrade, options);
    if (retried !== undefined) return retried;
    throw nothingToDo(
      'there is nothing to try again',
      `neither cleaning up nor a rollback has failed (${headline({ upgrade })})`,
      commandLine(invocation, 'ibu status'),
    );
  },
});

/** `godwit ibu accept`. */
export const ibuAccept = command<WaitOptions & { yes?: boolean }>({
  words: ['ibu', 'accept'],
  summary: 'After a rollback has failed: stays on the release that runs now, so that the upgrade can be finalized',
  flags: [...waitFlags, yesFlag],
  examples: [['Stay on this release', 'ibu accept --yes']],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation);
    if (!rollbackFailed(upgrade))
      throw nothingToDo(
        'there is no failed rollback to give up',
        `no rollback has failed (${headline({ upgrade })})`,
        commandLine(invocation, 'ibu status'),
      );
    await confirmed(invocation, {
      assumeYes: options.yes === true,
      question: 'Stay on the release that runs now?',
      what: 'the release that runs now is not accepted',
    });
    return askByAnnotation(invocation, upgradeAnnotations.acceptCurrentStateroot, { title: 'accept', ending: acceptanceOf }, options);
  },
});
