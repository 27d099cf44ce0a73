import { pipeline } from '@godwit/controller';
import { completeStage } from '../phases/complete-stage.ts';
import { createStageCopy, waitForCopy } from '../phases/copy-volumes.ts';
import { passes } from '../phases/passes.ts';
import { quiesceSource, sourceQuiesced } from '../phases/quiesce-source.ts';
import { waitForStorage } from '../phases/wait-for-storage.ts';
import { prepare } from './prepare.ts';

/** Copies the volumes and leaves everything else as it is, so that a later cutover has little left to do. */
export const stage = pipeline('Stage', [
  ...prepare,
  quiesceSource,
  sourceQuiesced,
  createStageCopy,
  waitForStorage,
  passes('EnsureCloudSecretPropagated', 'StageBackup', 'Waiting for cloud secrets to propagate', 'the engine reads the secret at each use'),
  waitForCopy,
  passes('DeleteRegistries', 'Cleanup', 'Deleting migration registries', 'direct migrations create no registries'),
  completeStage,
]);
