import { pipeline } from '@godwit/controller';
import { ensureInitialBackup, initialBackupCreated, initialBackupReplicated } from '../phases/back-up-objects.ts';
import { createFinalCopy, createPreCopy, waitForCopy, waitForPreCopy } from '../phases/copy-volumes.ts';
import { milestone } from '../phases/milestone.ts';
import { passes } from '../phases/passes.ts';
import { quiesceSource, sourceQuiesced } from '../phases/quiesce-source.ts';
import { ensureFinalRestore, finalRestoreCreated } from '../phases/restore-objects.ts';
import { verifyWorkloads } from '../phases/verify-workloads.ts';
import { waitForStorage } from '../phases/wait-for-storage.ts';
import { wakeTarget } from '../phases/wake-source.ts';
import { prepare } from './prepare.ts';

/** A full migration, from the first check to the application running on the target. */
export const final = pipeline('Final', [
  ...prepare,
  waitForStorage,
  passes('EnsureCloudSecretPropagated', 'Prepare', 'Waiting for cloud secrets to propagate', 'the engine reads the secret at each use'),
  createPreCopy,
  ensureInitialBackup,
  initialBackupCreated,
  waitForPreCopy,
  quiesceSource,
  sourceQuiesced,
  createFinalCopy,
  waitForCopy,
  initialBackupReplicated,
  ensureFinalRestore,
  finalRestoreCreated,
  wakeTarget,
  passes('DeleteRegistries', 'Cleanup', 'Deleting migration registries', 'direct migrations create no registries'),
  verifyWorkloads,
  milestone('Completed', 'Cleanup', 'Migration completed'),
]);
