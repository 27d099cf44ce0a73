import type { Delay } from '@godwit/controller';
import type { Deployment } from '../host/driver.ts';
import type { ReportDraft } from '../report/report-draft.ts';
import type { Cleanup } from '../stage/stage-event.ts';
import type { UpgradeWorld } from '../world.ts';
import type { UpgradeDraft } from './upgrade-draft.ts';

/** What a handler has in hand for one round. */
export type StageScope = UpgradeWorld & {
  /** The ImageBasedUpgrade as it was read and, with what this round has said, as it will be written. */
  readonly upgrade: UpgradeDraft;
  /** The report beside it: findings, progress, the journal of the phases, what is remembered of past stages. */
  readonly report: ReportDraft;
  /** Read at the beginning of the round. */
  readonly deployments: readonly Deployment[];
  /** Name of the booted stateroot; undefined: the host names none. */
  readonly booted: string | undefined;
  /** Whether the release that runs is the one that is upgraded to. */
  readonly afterPivot: boolean;
  /** Whether Idle undoes what was begun, or tidies up what is done. Only for the handler of Idle. */
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
};

/** What a round of a stage came to. `message` becomes the message of the condition, so it is in upstream's words where it has any. */
export type StageOutcome =
  | { type: 'working'; message: string; after?: Delay }
  | { type: 'failed'; message: string }
  | { type: 'completed'; message?: string };

/**
 * Works on a stage while its condition says that it is in progress: one call per round, at every change, and after the delay it asked for.
 * It must find out by itself how far it is, since the process may be killed between any two of its acts. What it throws is retried.
 */
export type StageHandler = (scope: StageScope) => Promise<StageOutcome>;

/** The handlers, one for each stage. */
export type StageHandlers = Readonly<Record<'Prep' | 'Upgrade' | 'Rollback' | 'Idle', StageHandler>>;
