import { annotations, Restore, type RestoreVerification, readRestoreVerification } from '@godwit/api';
import { advance, fail, wait } from '@godwit/controller';
import { pieceName } from '../names.ts';
import { ObjectsDiffer, RestoreDone, RestoreFailed, RestoreRunning, RestoreStarted, RestoreWarned } from '../reasons.ts';
import { runPhase } from '../scope.ts';
import { outcomeOf, whyFailed } from '../velero/outcome.ts';
import { veleroProgress } from '../velero/progress.ts';
import { finalRestore } from '../velero/restore.ts';

/** Asks the target's engine to restore the objects; from here on the application may start on the target. */
export const ensureFinalRestore = runPhase({
  name: 'EnsureFinalRestore',
  step: 'Restore',
  description: 'Creating final Velero restore',
  observe: async ({ plan, namespaces, world }, run) => finalRestore(run, plan, namespaces, world.settings),
  decide: (object) =>
    advance(RestoreStarted({ name: object.metadata.name ?? '' }), [{ do: 'create', on: 'target', resource: Restore, object }]),
});

/** The objects that the target stored otherwise than the source had them; empty when none is. */
const differ = (verification: RestoreVerification | undefined): string =>
  verification === undefined || verification.different === 0
    ? ''
    : `${verification.different} of ${verification.compared}: ${verification.differences.join('; ')}`;

/** Waits for the restore of the objects, and says what the target stored otherwise than the source had it. */
export const finalRestoreCreated = runPhase({
  name: 'FinalRestoreCreated',
  step: 'Restore',
  description: 'Waiting for final Velero restore to complete',
  deadlineSeconds: 4 * 3600,
  observe: async ({ world, target }, run) => {
    const name = { namespace: world.settings.namespace, name: pieceName(run, 'final') };
    const restore = (await world.cache(target, Restore, { namespace: name.namespace })).get(name);
    const verification = readRestoreVerification(restore?.metadata.annotations?.[annotations.verification]);
    const progress = restore === undefined ? {} : veleroProgress(restore, restore.status?.progress?.itemsRestored, world.clock.now());
    return {
      name: name.name,
      phase: restore?.status?.phase as string | undefined,
      why: whyFailed(restore?.status),
      progress,
      verification,
    };
  },
  decide: ({ name, phase, why, progress, verification }) => {
    switch (outcomeOf(phase)) {
      case 'running':
        return wait({ ...RestoreRunning({ name, phase: phase ?? 'New' }), progress });
      case 'failed':
        return fail(RestoreFailed({ name, why }));
      case 'warned':
        return advance({ ...RestoreWarned({ name }), progress });
      case 'done': {
        const differences = differ(verification);
        return advance({ ...(differences === '' ? RestoreDone({ name }) : ObjectsDiffer({ differences })), progress });
      }
    }
  },
});
