import { namePair, type Sleeper } from '@godwit/api';
import { advance, type Effect, fail, noting, wait } from '@godwit/controller';
import { copiedVolumes } from '../flags.ts';
import { asleep, sleepOf } from '../quiesce/asleep.ts';
import { readPods, readWorkloads, watchedPods } from '../quiesce/read.ts';
import { podNames, podsNobodyCanStop, podsStillRunning } from '../quiesce/writers.ts';
import { PodsTerminating, PodsUnstoppable, Quiesced, ScalingDown } from '../reasons.ts';
import { type Run, runPhase, type Scope } from '../scope.ts';
import { secondsIn } from '../seconds-in.ts';

const sources = ({ namespaces }: Scope): string[] => namespaces.map(({ source }) => source);

const keyOf = ({ kind, namespace, name }: Sleeper): string => `${kind} ${namespace}/${name}`;

/** What the run has noted already stays: a workload that sleeps by now would be noted with nothing to get back. */
const withNew = (noted: readonly Sleeper[], found: readonly Sleeper[]): readonly Sleeper[] => {
  const known = new Set(noted.map(keyOf));
  return [...noted, ...found.filter((each) => !known.has(keyOf(each)))];
};

const claimsOf = ({ plan }: Scope): ReadonlySet<string> =>
  new Set(copiedVolumes(plan).map(({ pvc }) => `${pvc?.namespace}/${namePair(pvc?.name ?? '').source}`));

/** Puts workloads to sleep; what each must get back is in the run's status before. */
const sleepAll = (found: readonly Sleeper[], quiesced: readonly Sleeper[]): Effect[] =>
  found.flatMap((each) => asleep('source', quiesced.find((slept) => keyOf(slept) === keyOf(each)) ?? each));

const notedBy = ({ status }: Run): readonly Sleeper[] => status?.quiesced ?? [];

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
    const workloads = await readWorkloads(scope.source, namespaces);
    const found = workloads.flatMap((workload) => sleepOf(workload) ?? []);
    // A pod that the watch has not shown yet is met by the next phase, before anything is copied.
    const unstoppable = podsNobodyCanStop(await watchedPods(scope, namespaces), claimsOf(scope));
    return { found, noted: notedBy(run), unstoppable };
  },
  decide: ({ found, noted, unstoppable }) => {
    if (unstoppable.length > 0) return fail(PodsUnstoppable({ pods: podNames(unstoppable) }));
    if (found.length === 0) return advance(Quiesced());
    const quiesced = withNew(noted, found);
    return noting({ quiesced }, advance(ScalingDown({ count: found.length }), sleepAll(found, quiesced)));
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
    const seen = podsStillRunning(await watchedPods(scope, namespaces));
    // A watch that shows a running pod is believed; that none is left must be seen for oneself. Pods need a moment to stop;
    // only when they do not, somebody may have woken what was put to sleep.
    const suspicious = seen.length === 0 || secondsIn(run, 'EnsureSrcQuiesced', scope.world.clock.now()) > SUSPICION_SECONDS;
    if (!suspicious) return { awake: [], noted: [], running: seen, unstoppable: [] };
    const workloads = await readWorkloads(scope.source, namespaces);
    const pods = await readPods(scope.source, namespaces); // after the workloads: one of them could have started a pod since
    return {
      awake: workloads.flatMap((workload) => sleepOf(workload) ?? []),
      noted: notedBy(run),
      running: podsStillRunning(pods),
      unstoppable: podsNobodyCanStop(pods, claimsOf(scope)),
    };
  },
  decide: ({ awake, noted, running, unstoppable }) => {
    if (unstoppable.length > 0) return fail(PodsUnstoppable({ pods: podNames(unstoppable) }));
    if (awake.length > 0) {
      const quiesced = withNew(noted, awake);
      return noting({ quiesced }, wait(ScalingDown({ count: awake.length }), sleepAll(awake, quiesced), '5s'));
    }
    return running.length === 0 ? advance(Quiesced()) : wait(PodsTerminating({ pods: podNames(running) }), [], '5s');
  },
});
