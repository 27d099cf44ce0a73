import { setTimeout as pause } from 'node:timers/promises';
import { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import { type Client, isTransient, type KubeObject, type Resource } from '@godwit/kube';
import { shortDuration } from '../printers/age.ts';
import { statesOf } from '../watch-object.ts';
import { isRebooting, rollsBackAt, workingStage } from './facts.ts';
import { upgradeName } from './node.ts';
import type { Link, UpgradeState } from './state.ts';

const PAUSE_MILLISECONDS = 1000;

/** Who hears of what is followed: every state, and remarks about the connection. */
export type Listener = { readonly state: (state: UpgradeState) => void; readonly note: (line: string) => void };

/** Every state of an object, across any number of lost connections; `lost` throws when a fault is not to be waited out. */
async function* statesThroughReboots<T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  signal: AbortSignal,
  lost: (error: unknown) => void,
): AsyncGenerator<T | undefined> {
  for (;;) {
    const attempt = new AbortController();
    try {
      // a watch that tries again by itself waits longer and longer; a node that boots is to be seen at once
      yield* statesOf(client, resource, upgradeName, {
        signal: AbortSignal.any([signal, attempt.signal]),
        onFault: (error) => attempt.abort(error),
      });
    } catch (error) {
      signal.throwIfAborted();
      lost(error);
    }
    await pause(PAUSE_MILLISECONDS, undefined, { signal });
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a lost connection means, by what was last known. Pure. */
export const lossWords = (state: Pick<UpgradeState, 'upgrade' | 'report'> | undefined, error: unknown): string => {
  if (state === undefined) return `the API server does not answer, trying again: ${textOf(error)}`;
  if (isRebooting(state)) return 'the node reboots, its API server is away: this is expected; watching goes on by itself';
  if (rollsBackAt(state.upgrade) !== undefined)
    return `connection lost, trying again: ${textOf(error)} (no reboot was announced: it may be the network, or the upgrade rolls back by itself)`;
  return `connection lost, trying again: ${textOf(error)}`;
};

/** Faults that pass, and while the node may reboot any: a server that starts does not know its users yet. */
const mayPass = (state: UpgradeState | undefined, error: unknown): boolean =>
  isTransient(error) || (state !== undefined && ['Upgrade', 'Rollback'].includes(workingStage(state.upgrade) ?? ''));

/** Follows the upgrade, its report and the connection until a state is enough; a reboot of the node in between is waited out. */
export const followUpgrade = async (
  client: Client,
  signal: AbortSignal,
  { state: tell, note }: Listener,
  enough: (upgrade: ImageBasedUpgrade) => boolean,
): Promise<UpgradeState> => {
  const side = new AbortController();
  let upgrade: ImageBasedUpgrade | undefined;
  let report: ImageBasedUpgradeReport | undefined;
  let link: Link = {};
  const current = (): UpgradeState | undefined => (upgrade === undefined ? undefined : { upgrade, report, link });
  const renew = () => {
    const state = current();
    if (state !== undefined) tell(state);
  };
  const lost = (error: unknown) => {
    if (!mayPass(current(), error)) throw error;
    if (link.awaySince !== undefined) return;
    note(lossWords(current(), error));
    link = { awaySince: new Date() };
    renew();
  };
  const answered = () => {
    if (link.awaySince === undefined) return;
    note(`the API server answers again, after ${shortDuration((Date.now() - link.awaySince.getTime()) / 1000)}`);
    link = {};
  };
  const followReport = async () => {
    // its own faults are those of the upgrade, too, or an agent that makes no reports
    for await (const found of statesThroughReboots(client, ImageBasedUpgradeReport, AbortSignal.any([signal, side.signal]), () => {})) {
      if (found === undefined) continue;
      report = found;
      renew();
    }
  };
  const reports = followReport();
  try {
    for await (const found of statesThroughReboots(client, ImageBasedUpgrade, signal, lost)) {
      answered();
      // the agent puts back what is missing, with its status a moment later
      if (found?.status?.conditions === undefined) continue;
      upgrade = found;
      renew();
      if (enough(found)) return { upgrade: found, report, link };
    }
    throw new Error('the watch of the upgrade ended');
  } finally {
    side.abort();
    await reports.catch(() => {}); // only its end was awaited
  }
};
