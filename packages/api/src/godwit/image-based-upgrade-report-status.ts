import { z } from 'zod';
import { stageField } from '../lca/stages.ts';
import { anyFields, fields, stringMap, strings, time } from '../schema.ts';

const finding = fields({
  code: z.string().min(1).describe('One CamelCase word that says what was found. Required.'),
  severity: z.enum(['Error', 'Warning', 'Info']).describe('Error: it stops the upgrade. Required.'),
  object: z.string().describe('What it was found at: kind, namespace and name, or a part of the host. Required.'),
  message: z.string().describe('A sentence for people. Required.'),
  remediation: z.string().optional().describe('What mends it; a command where there is one.'),
});
/** Something that was found and that a person should know. */
export type UpgradeFinding = z.infer<typeof finding>;

const progress = fields({
  phase: z.string().optional().describe('Part of the stage that is worked on.'),
  step: z.string().optional().describe('What is done at the moment.'),
  percent: z.number().min(0).max(100).optional().describe('How much of the phase is done; never goes back within it.'),
  bytesDone: z.int().min(0).optional().describe('Bytes that are done.'),
  bytesTotal: z.int().min(0).optional().describe('Bytes in all. Omitted: not known yet.'),
  etaSeconds: z.number().min(0).optional().describe('Seconds until the phase is done. Omitted: not known yet.'),
});
/** How far a phase of an upgrade is. */
export type UpgradeProgress = z.infer<typeof progress>;

const phaseRecord = fields({
  name: z.string().describe('Name of the phase. Required.'),
  step: z.string().optional().describe('Part of the stage that it belongs to.'),
  started: time().optional().describe('When it was entered.'),
  completed: time().optional().describe('When it was left. Omitted: not yet.'),
  attempts: z.int().min(0).optional().describe('How often it was tried.'),
  reason: z.string().optional().describe('One word for what was last said of it.'),
  message: z.string().optional().describe('What was last said of it.'),
});
/** A phase in the journal of an upgrade. */
export type UpgradePhaseRecord = z.infer<typeof phaseRecord>;

const restore = fields({
  namespace: z.string().optional().describe('Namespace of the Restore.'),
  name: z.string().describe('Name of the Restore. Required.'),
  backupName: z.string().optional().describe('The Backup that it restored.'),
  phase: z.string().optional().describe('How it ended.'),
  failureReason: z.string().optional().describe('Why it failed. Omitted: it did not.'),
  completed: time().optional().describe('When it ended.'),
});
/** The result of a Restore that is gone. */
export type RestoreRecord = z.infer<typeof restore>;

const pastStage = fields({
  stage: stageField().describe('The stage. Required.'),
  version: z.string().optional().describe('The version that was upgraded to.'),
  outcome: z.string().optional().describe('How it ended. Omitted: it goes on.'),
  startTime: time().optional().describe('When it began.'),
  completionTime: time().optional().describe('When it ended.'),
  seedImage: z.string().optional().describe('The seed image by its digest.'),
  bootId: z.string().optional().describe('The boot in which it ended.'),
  times: stringMap().optional().describe('When its parts happened, RFC 3339 by name: shutdown, kernel, kubelet, operators, restore.'),
  restores: z.array(restore).optional().describe('Results of the Restores that belong to it.'),
});
/** What is kept of a stage after the ImageBasedUpgrade has forgotten it. */
export type PastStage = z.infer<typeof pastStage>;

const cleanup = fields({
  errors: strings().optional().describe('What could not be cleaned up. Omitted: nothing so far.'),
  attempts: z.int().min(0).optional().describe('How often it has failed since it was asked for.'),
  failedAt: time().optional().describe('When it last failed; it is tried again by itself, later and later.'),
});

/** The status of a report about an upgrade. */
export const upgradeReportStatus = fields({
  tier: z.enum(['sysroot', 'namespace', 'qemu', 'host']).optional().describe('How real the host is that is upgraded.'),
  bootId: z.string().optional().describe('The boot that the agent runs in; another one proves a reboot.'),
  bootedStateroot: z.string().optional().describe('The stateroot that is booted.'),
  findings: z.array(finding).optional().describe('What was found and a person should know. Omitted: nothing.'),
  progress: progress.optional().describe('How far the work is. Omitted: nothing is worked on.'),
  phase: z.string().optional().describe('The phase that is being worked on. Omitted: not begun.'),
  itinerary: z.string().optional().describe('Name of the list of phases that is followed.'),
  phases: z.array(phaseRecord).optional().describe('The journal of the phases in the order in which they were entered.'),
  cleanup: cleanup.optional().describe('What cleaning up has come to. Omitted: it has not failed.'),
  notes: anyFields().optional().describe('What phases must remember of themselves, by the name of the phase.'),
  history: z.array(pastStage).optional().describe('The stages of this and earlier upgrades, oldest first.'),
});
