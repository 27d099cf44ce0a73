import { DirectVolumeMigrationProgress } from '@godwit/api';
import { advance, type Effect } from '@godwit/controller';
import { STEP, volumePhase } from '../phase.ts';
import { progressObject } from '../progress/progress-object.ts';
import { ProgressCreated } from '../reasons.ts';
import { volumePairs } from '../volume-pair.ts';

/** Creates one progress object per claim. */
export const createPVProgressCRs = volumePhase({
  name: 'CreatePVProgressCRs',
  step: STEP,
  description: 'Creating the progress objects',
  observe: async () => undefined,
  decide: (_, dvm) => {
    const objects = volumePairs(dvm).map((pair) => progressObject(dvm, pair));
    const creations = objects.map((object): Effect => ({ do: 'create', on: 'host', resource: DirectVolumeMigrationProgress, object }));
    return advance(ProgressCreated({ count: objects.length }), creations);
  },
});
