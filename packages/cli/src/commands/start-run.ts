import { MigMigration, MigPlan } from '@godwit/api';
import { type Command, command } from '../command.ts';
import { ensureOperator } from '../controllers.ts';
import { commandLine, type Place } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { found, listed } from '../lookup.ts';
import { runsOf } from '../migrate/choose-run.ts';
import { confirmed } from '../migrate/confirmed.ts';
import { createRun, type RunParts } from '../migrate/create-run.ts';
import { nextRunName } from '../migrate/names.ts';
import { notReady } from '../migrate/ready.ts';
import { blockersOf } from '../printers/condition-facts.ts';
import { hasEnded } from '../printers/run-facts.ts';
import { type WaitOptions, waitFlags, waitForRun } from './wait-for-run.ts';

/** What a verb that starts a run is. */
export type Starting = {
  verb: string;
  summary: string;
  spec: (options: { quiesce?: boolean }) => RunParts['spec'];
  mayStart: (runs: readonly MigMigration[]) => string | undefined;
  /** What is lost by it; a verb that says so asks first. */
  consequence?: string;
};

const refuse = (what: string, why: string, next: string): Failure =>
  new Failure(what, { reason: 'NotAllowedNow', why, next, exitCode: exitCodes.refused });

const checkStart = (plan: MigPlan, runs: readonly MigMigration[], { verb, mayStart }: Starting, place: Place): void => {
  const name = plan.metadata.name ?? '';
  const unfinished = runs.find((run) => !hasEnded(run));
  if (unfinished !== undefined)
    throw refuse(
      `plan "${name}" has a run under way`,
      `${unfinished.metadata.name} has not ended`,
      commandLine(place, `run describe ${unfinished.metadata.name}`),
    );
  const why = mayStart(runs);
  if (why !== undefined) throw refuse(`plan "${name}" allows no ${verb} now`, why, commandLine(place, 'run get'));
  if (verb !== 'rollback' && blockersOf(plan).length > 0) throw notReady('plan', plan, { exitCode: exitCodes.refused, place });
};

const agreed = async (invocation: Invocation, { verb, consequence }: Starting, assumeYes: boolean): Promise<void> => {
  if (consequence === undefined) return;
  await confirmed(invocation, { assumeYes, question: `${consequence} Go on?`, what: `the ${verb} was not started: ${consequence}` });
};

/** The command that starts a run of a plan. */
export const startCommand = (starting: Starting): Command =>
  command<WaitOptions & { quiesce?: boolean; yes?: boolean }>({
    words: ['run', starting.verb],
    summary: starting.summary,
    takes: [['<plan>', 'name of the plan']],
    flags: [
      ...(starting.verb === 'cutover'
        ? [['--no-quiesce', 'leaves the application running; writes in the meantime are lost'] as const]
        : []),
      ...(starting.consequence === undefined ? [] : [['--yes', 'does not ask'] as const]),
      ...waitFlags,
    ],
    examples: [
      [
        `Start a ${starting.verb} of plan shop and wait for its end`,
        `run ${starting.verb} shop --wait${starting.consequence === undefined ? '' : ' --yes'}`,
      ],
    ],
    run: async (invocation, [text = ''], options) => {
      const plan = await found(invocation, 'plan', MigPlan, text);
      const runs = runsOf(plan.metadata.name ?? '', await listed(invocation, MigMigration));
      checkStart(plan, runs, starting, invocation);
      await agreed(invocation, starting, options.yes === true);
      const host = invocation.client();
      if (options.wait !== true) await ensureOperator(invocation, host);
      const name = nextRunName(
        plan.metadata.name ?? '',
        runs.map(({ metadata }) => metadata.name ?? ''),
      );
      const { namespace, terminal } = invocation;
      await createRun(host, { namespace, name, plan: plan.metadata.name ?? '', spec: starting.spec(options) });
      terminal.out(`run/${name} created`);
      return options.wait === true ? waitForRun(invocation, name, options) : exitCodes.done;
    },
  });
