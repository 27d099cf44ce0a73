import { ImageBasedUpgrade, UPGRADE_NAME } from '@godwit/api';
import { command } from '../command.ts';
import { endingOf } from '../ibu/ending.ts';
import { stageOf } from '../ibu/facts.ts';
import { nextCommands } from '../ibu/next-commands.ts';
import { foundUpgrade, onNode, reportOf } from '../ibu/node.ts';
import { waitFor } from '../ibu/wait.ts';
import { ibuLines } from '../printers/describe-ibu.ts';
import { ibuPrinting } from '../printers/ibu-columns.ts';
import { ibuStatusLines } from '../printers/ibu-status.ts';
import { print } from '../printers/print-value.ts';
import { getCommand } from './get-command.ts';

/** `godwit ibu get`. */
export const ibuGet = getCommand(ImageBasedUpgrade, ibuPrinting, onNode);

const name = ['[name]', `name of the upgrade; there is one, ${UPGRADE_NAME}`] as const;

/** `godwit ibu describe`. */
export const ibuDescribe = command({
  words: ['ibu', 'describe'],
  summary: 'Shows the upgrade with its history and its conditions',
  takes: [name],
  examples: [['Describe the upgrade', 'ibu describe']],
  run: async (call, [text]) => {
    const invocation = onNode(call);
    const upgrade = await foundUpgrade(invocation, text);
    if (!print(invocation, upgrade)) for (const line of ibuLines(upgrade)) invocation.terminal.out(line);
    return undefined;
  },
});

/** `godwit ibu status`. */
export const ibuStatus = command<{ watch?: boolean; timeout?: string }>({
  words: ['ibu', 'status'],
  summary: 'Shows where the upgrade is: progress, countdowns, findings, and what to type next',
  takes: [name],
  flags: [
    ['-w, --watch', 'goes on until what is under way has ended, also through reboots of the node; the exit code equals the outcome'],
    ['--timeout <time>', 'how long to watch, for instance 1h; default: until it has ended'],
  ],
  examples: [
    ['Show where it is', 'ibu status'],
    ['Follow an upgrade through its reboot', 'ibu status --watch'],
  ],
  run: async (call, [text], { watch, timeout }) => {
    const invocation = onNode(call);
    if (watch === true)
      return waitFor(
        invocation,
        { title: 'status', ending: (each) => endingOf(stageOf(each), each) },
        timeout === undefined ? {} : { timeout },
      );
    const upgrade = await foundUpgrade(invocation, text);
    const report = await reportOf(invocation.client());
    if (print(invocation, { upgrade, report })) return undefined;
    for (const line of ibuStatusLines({ upgrade, report }, new Date(), nextCommands(upgrade, invocation))) invocation.terminal.out(line);
    return undefined;
  },
});
