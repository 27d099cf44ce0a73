import { advance } from '@godwit/controller';
import { Done, StageNoOp } from '../reasons.ts';
import { runPhase } from '../scope.ts';

/** Ends a stage; one that had nothing to copy says so, since its user expected something. */
export const completeStage = runPhase({
  name: 'Completed',
  step: 'Cleanup',
  description: 'Migration completed',
  observe: async ({ flags }) => flags.directVolume && flags.enableVolume,
  decide: (copied) => advance(copied ? Done({ what: 'Migration completed' }) : StageNoOp()),
});
