import { command } from '../command.ts';
import { deadlineLine } from '../ibu/deadline-line.ts';
import { type MoveOptions, moveTo } from '../ibu/move.ts';
import { foundUpgrade, onNode, reportOf } from '../ibu/node.ts';
import { expirationLine } from '../printers/ibu-status.ts';
import { stageFlags, yesFlag } from './ibu-flags.ts';

/** `godwit ibu upgrade`. */
export const ibuUpgrade = command<MoveOptions>({
  words: ['ibu', 'upgrade'],
  summary: 'Backs applications up, reboots the node into the prepared release, and restores them there',
  flags: [...stageFlags, yesFlag],
  examples: [['Upgrade, and follow it through the reboot', 'ibu upgrade --yes']],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation);
    const consequences = [
      `the node reboots into ${upgrade.spec?.seedImageRef?.version ?? 'the prepared release'}; its applications and its API are away meanwhile`,
      deadlineLine(upgrade, await reportOf(invocation.client())),
    ];
    const move = {
      verb: 'upgrade',
      stage: 'Upgrade',
      consequences,
      question: 'Upgrade now?',
    } as const;
    return moveTo(invocation, upgrade, move, options);
  },
});

/** `godwit ibu rollback`. */
export const ibuRollback = command<MoveOptions>({
  words: ['ibu', 'rollback'],
  summary: 'Reboots the node into the release before the upgrade, as it was when it was left',
  flags: [...stageFlags, yesFlag],
  examples: [['Go back', 'ibu rollback --yes']],
  run: async (call, _names, options) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation);
    const until = expirationLine(upgrade, new Date());
    const consequences = [
      'the node reboots into the release before; what was changed in the cluster since the upgrade is left behind',
      ...(until === undefined ? [] : [`its certificates are valid until ${until}`]),
    ];
    const move = {
      verb: 'rollback',
      stage: 'Rollback',
      consequences,
      question: 'Roll back now?',
    } as const;
    return moveTo(invocation, upgrade, move, options);
  },
});
