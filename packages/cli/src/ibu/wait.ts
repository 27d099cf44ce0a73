import type { ImageBasedUpgrade } from '@godwit/api';
import { commandLine } from '../copyable.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type Invocation, secondsIn } from '../invocation.ts';
import { reporterFor } from '../progress/reporter.ts';
import { unlessLeft, waitingOf } from '../waiting.ts';
import type { Ending } from './ending.ts';
import { followUpgrade } from './follow.ts';
import { nextCommands } from './next-commands.ts';
import type { UpgradeState } from './state.ts';
import { findingLine, upgradeView } from './upgrade-view.ts';

/** Flags of commands that wait. */
export type WaitOptions = { wait: boolean; timeout?: string };

/** What is waited for: a title, and how it ends. */
export type Goal = { readonly title: string; readonly ending: (upgrade: ImageBasedUpgrade) => Ending | undefined };

const codes: Record<Ending['result'], ExitCode> = {
  done: exitCodes.done,
  failed: exitCodes.goalMissed,
  refused: exitCodes.refused,
  left: exitCodes.goalMissed,
};

const words: Record<Ending['result'], string> = { done: 'done', failed: 'failed', refused: 'was refused', left: 'was given up' };

/** How an ending is told: what came of it, what is still to be known, and what to type next. Pure. */
export const endingLines = (
  { title }: Goal,
  ending: Ending,
  { upgrade, report }: Pick<UpgradeState, 'upgrade' | 'report'>,
  next: readonly string[],
): string[] => {
  const warnings = (report?.status?.findings ?? []).filter(({ severity }) => severity !== 'Info');
  return [
    `ibu/${upgrade.metadata.name} ${title} ${words[ending.result]}: ${ending.message}`,
    ...warnings.flatMap((each) => [findingLine(each), ...(each.remediation === undefined ? [] : [`  mend it with: ${each.remediation}`])]),
    ...(next.length === 0 ? [] : ['next:', ...next.map((line) => `  ${line}`)]),
  ];
};

const exitCodeOf = (ending: Ending, { report }: UpgradeState): ExitCode =>
  ending.result === 'done' && (report?.status?.findings ?? []).some(({ severity }) => severity === 'Warning')
    ? exitCodes.warnings
    : codes[ending.result];

/** Follows what was asked for to its end, through reboots; the exit code equals the outcome. Ctrl-C leaves it running. */
export const waitFor = (invocation: Invocation, goal: Goal, { timeout }: Pick<WaitOptions, 'timeout'>): Promise<ExitCode> => {
  const reporter = reporterFor(invocation.terminal, 1, upgradeView);
  const waiting = waitingOf(invocation, timeout === undefined ? undefined : secondsIn('--timeout', timeout), reporter);
  const comeBack = commandLine(invocation, 'ibu status --watch');
  const work = async (): Promise<ExitCode> => {
    try {
      reporter.step(goal.title);
      const listener = { state: reporter.run, note: reporter.note };
      const state = await followUpgrade(invocation.client(), waiting.signal, listener, (each) => goal.ending(each) !== undefined);
      reporter.end();
      const ending = goal.ending(state.upgrade) ?? { result: 'left', message: '' };
      for (const line of endingLines(goal, ending, state, nextCommands(state.upgrade, invocation))) invocation.terminal.out(line);
      return exitCodeOf(ending, state);
    } finally {
      reporter.end();
    }
  };
  return unlessLeft(invocation, waiting, comeBack, work, { remark: 'the agent of the node goes on with it' });
};
