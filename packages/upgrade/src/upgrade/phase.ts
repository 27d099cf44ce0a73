import type { ImageBasedUpgrade, UpgradeFinding } from '@godwit/api';
import { type Delay, fail, isAbort, type Phase, redact, type Said, timeOf, type Verdict, wait } from '@godwit/controller';
import type { StageScope } from '../handler/stage-handler.ts';
import { HISTORY_PHASES } from '../handler/stage-history.ts';
import { startPhase } from '../stage/history.ts';

/** A phase of a stage that acts on the host or the cluster, and says in the condition what it is about to do. */
export type ActingPhase = {
  readonly name: string;
  readonly step: string;
  /** The message of the condition while the phase acts; omitted: it stays as it is. */
  readonly message?: string;
  readonly act: (scope: StageScope) => Promise<Verdict>;
  /** What an error comes to; default: the phase is tried again in 30 s, and its message stays. */
  readonly onError?: (text: string) => Verdict;
};

/** Code of the finding about a step that is tried again. */
const STEP_RETRIED = 'StepRetried';

/** Before the pivot nothing is bounded in time, and after it the monitor bounds it. */
const NO_DEADLINE = 10 * 365 * 24 * 3600;

const RETRY: Delay = '30s';

/** What the engine is told: a code, and the sentence that becomes the message of the condition. */
export const says = (reason: string, message: string): Said => ({ reason, message });

const retried = (name: string, text: string): UpgradeFinding => ({
  code: STEP_RETRIED,
  severity: 'Warning',
  object: `ImageBasedUpgrade upgrade, step ${name}`,
  message: `${name} is tried again: ${text}`,
});

const textOf = (error: unknown): string => redact(error instanceof Error ? error.message : String(error));

const announce = async ({ upgrade }: StageScope, message: string | undefined): Promise<void> => {
  const stage = upgrade.stage();
  if (message === undefined || stage === 'Idle') return;
  upgrade.tell({ type: 'progressed', stage, message });
  await upgrade.write();
};

/** The object is saved for the next boot in the middle of a round, so its history must not wait for the end of it. */
const noteBegin = ({ clock, upgrade }: StageScope, step: string): void => {
  if (!HISTORY_PHASES.includes(step)) return;
  const now = timeOf(clock.now());
  upgrade.change((status) => ({ ...status, history: [...startPhase(status.history ?? [], upgrade.stage(), step, now)] }));
};

const judge = async ({ name, step, message, act, onError }: ActingPhase, scope: StageScope): Promise<Verdict> => {
  try {
    noteBegin(scope, step);
    await announce(scope, message);
    const verdict = await act(scope);
    scope.report.found([STEP_RETRIED], []);
    return verdict;
  } catch (error) {
    if (isAbort(error)) throw error;
    const text = textOf(error);
    scope.log.warn({ err: error, phase: name }, 'a step of the upgrade has failed');
    if (onError !== undefined) return onError(text);
    scope.report.found([STEP_RETRIED], [retried(name, text)]);
    return wait(says('Retrying', message ?? text), [], RETRY);
  }
};

/** Makes a phase of a stage's pipeline. */
export const actingPhase = (definition: ActingPhase): Phase<StageScope, ImageBasedUpgrade> => ({
  name: definition.name,
  step: definition.step,
  description: definition.message ?? definition.name,
  deadlineSeconds: NO_DEADLINE,
  when: () => true,
  judge: (scope) => judge(definition, scope),
});

/** Lets an error end the stage, with its text as the message. */
export const failing = (text: string): Verdict => fail(says('Failed', text));
