import { MigMigration, namePair, type Sleeper } from '@godwit/api';
import { advance, type Effect, fail, wait } from '@godwit/controller';
import { copiedVolumes } from '../flags.ts';
import { asleep, sleepOf } from '../quiesce/asleep.ts';
import { readPods, readWorkloads } from '../quiesce/read.ts';
import { podNames, podsNobodyCanStop, podsStillRunning } from '../quiesce/writers.ts';
import { PodsTerminating, PodsUnstoppable, Quiesced, RecordingSleepers, ScalingDown } from '../reasons.ts';
import { hostName, type Run, runPhase, type Scope } from '../scope.ts';
import { secondsIn } from '../seconds-in.ts';

const sources = ({ namespaces }: Scope): string[] => namespaces.map(({ source }) => source);

const keyOf = ({ kind, namespace, name }: Sleeper): string => `${kind} ${namespace}/${name}`;

/** What the run has noted already stays: a workload that sleeps by now would be noted with nothing to get back. */
const withNew = (noted: readonly Sleeper[], found: readonly Sleeper[]): readonly Sleeper[] => {
  const known = new Set(noted.map(keyOf));
  return [...noted, ...found.filter((each) => !known.has(keyOf(each)))];
};

const note = (run: Run, quiesced: readonly Sleeper[]): Effect => ({
  do: 'patch',
  on: 'host',
  resource: MigMigration,
  name: hostName(run),
  subresource: 'status',
  patch: { status: { quiesced } },
});

const claimsOf = ({ plan }: Scope): ReadonlySet<string> =>
  new Set(copiedVolumes(plan).map(({ pvc }) => `${pvc?.namespace}/${namePair(pvc?.name ?? '').source}`));

/**
 * Puts the source applications to sleep, so that nothing changes while the last copy is made.
 * What each workload must get back is written into the run's status first: the way back exists before the step is taken.
 */
export const quiesceSource = runPhase({
  name: 'QuiesceSourceApplications',
  step: 'StageBackup',
  description: 'Quiescing (Scaling to 0 replicas) source applications',
  when: ({ flags }) => flags.quiesce,
  observe: async (scope, run) => {
    const namespaces = sources(scope);
    const [workloads, pods] = await Promise.all([readWorkloads(scope.source, namespaces), readPods(scope.source, namespaces)]);
    const found = workloads.flatMap((workload) => sleepOf(workload) ?? []);
    return { found, noted: run.status?.quiesced ?? [], unstoppable: podsNobodyCanStop(pods, claimsOf(scope)) };
  },
  decide: ({ found, noted, unstoppable }, run) => {
    if (unstoppable.length > 0) return fail(PodsUnstoppable({ pods: podNames(unstoppable) }));
    const quiesced = withNew(noted, found);
    if (quiesced.length > noted.length) return wait(RecordingSleepers({ count: quiesced.length }), [note(run, quiesced)], '1s');
    if (found.length === 0) return advance(Quiesced());
    return advance(
      ScalingDown({ count: found.length }),
      found.flatMap((each) => asleep('source', quiesced.find((slept) => keyOf(slept) === keyOf(each)) ?? each)),
    );
  },
});

const SUSPICION_SECONDS = 10;

/** Waits until no controlled pod runs in any namespace of the plan, so that the final copy misses no write (G-M16). */
export const sourceQuiesced = runPhase({
  name: 'EnsureSrcQuiesced',
  step: 'StageBackup',
  description: 'Waiting for quiesce (Scaling to 0 replicas) to complete for source applications',
  when: ({ flags }) => flags.quiesce,
  observe: async (scope, run) => {
    const namespaces = sources(scope);
    const running = podsStillRunning(await readPods(scope.source, namespaces));
    // Pods need a moment to stop; only when they do not, somebody may have woken what was put to sleep.
    const suspicious = running.length === 0 || secondsIn(run, 'EnsureSrcQuiesced', scope.world.clock.now()) > SUSPICION_SECONDS;
    if (!suspicious) return { awake: [], running };
    const workloads = await readWorkloads(scope.source, namespaces);
    // Pods once more: one could have started between the two readings.
    return {
      awake: workloads.flatMap((workload) => sleepOf(workload) ?? []),
      running: podsStillRunning(await readPods(scope.source, namespaces)),
    };
  },
  decide: ({ awake, running }) => {
    if (awake.length > 0)
      return wait(
        ScalingDown({ count: awake.length }),
        awake.flatMap((slept) => asleep('source', slept)),
        '5s',
      );
    return running.length === 0 ? advance(Quiesced()) : wait(PodsTerminating({ pods: podNames(running) }), [], '5s');
  },
});
