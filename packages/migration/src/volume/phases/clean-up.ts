import type { DirectVolumeMigration } from '@godwit/api';
import { advance, wait } from '@godwit/controller';
import { STEP, volumePhase } from '../phase.ts';
import { CleaningUp, ResourcesDeleted, ResourcesTerminating } from '../reasons.ts';
import type { Scope } from '../scope.ts';
import { type Leftover, removal, transferObjects, transferPods } from '../transfer/leftovers.ts';

const places = ({ host, source, target }: Scope) => ({ host, source: source.client, target: target.client });

type Look = (scope: Scope, dvm: DirectVolumeMigration) => Promise<readonly Leftover[]>;

const everything: Look = (scope, dvm) => transferObjects(places(scope), dvm);
const pods: Look = (scope, dvm) => transferPods(places(scope), dvm);

/** No phase makes an object before the status names it: while the status names none, nothing can be left. */
const onceBegun =
  (look: Look): Look =>
  async (scope, dvm) =>
    dvm.status?.phase === undefined ? [] : look(scope, dvm);

const deletion = (name: string, description: string, observe: Look, idle: (itinerary: string | undefined) => boolean) =>
  volumePhase({
    name,
    step: STEP,
    description,
    observe,
    decide: (objects: readonly Leftover[], { status }) =>
      advance(ResourcesDeleted({ count: objects.length }), removal(objects, idle(status?.itinerary))),
  });

const termination = (name: string, description: string, observe: Look) =>
  volumePhase({
    name,
    step: STEP,
    description,
    observe,
    decide: (left: readonly Leftover[]) =>
      left.length === 0
        ? advance(ResourcesDeleted({ count: 0 }))
        : wait(ResourcesTerminating({ pods: left.map((pod) => `${pod.namespace}/${pod.name}`).join(', ') }), [], '10s'),
  });

/** Removes what an earlier, killed attempt of this very DirectVolumeMigration left behind. */
export const cleanStaleRsyncResources = deletion(
  'CleanStaleRsyncResources',
  'Removing resources of an interrupted copy',
  onceBegun(everything),
  () => false,
);

/** Waits until its pods have stopped writing. */
export const waitForStaleRsyncResourcesTerminated = termination(
  'WaitForStaleRsyncResourcesTerminated',
  'Waiting for pods of an interrupted copy to stop',
  onceBegun(pods),
);

/** Removes pods, secrets, services and configuration of the copy on both clusters. */
export const deleteRsyncResources = deletion(
  'DeleteRsyncResources',
  'Removing the transfer resources',
  everything,
  (itinerary) => itinerary !== 'VolumeMigrationFailed',
);

/** Waits until no pod of the copy holds a volume any more. */
export const waitForRsyncResourcesTerminated = termination(
  'WaitForRsyncResourcesTerminated',
  'Waiting for the transfer pods to stop',
  pods,
);

/** Marks that the copy failed; the phases behind it clean up. */
export const migrationFailed = volumePhase({
  name: 'MigrationFailed',
  step: STEP,
  description: 'The copy failed',
  observe: async () => undefined,
  decide: () => advance(CleaningUp()),
});
