import type { ImageBasedUpgrade } from '@godwit/api';
import { until } from '../../support/until.ts';
import { seedImage } from '../../support/upgrade/seeds.ts';
import { askForStage, conditionOf, followStage } from '../../support/upgrade/upgrade.ts';
import { AGENT, CONTENT, OADP } from '../../support/upgrade/workload.ts';
import { NEW, type Stage } from './stage.ts';

/** A stage as it is asked for. */
export type StageName = 'Prep' | 'Upgrade' | 'Rollback' | 'Idle';

const ASK_SECONDS = 240;
const STAGE_SECONDS = 900;

/** What is asked for with Prep when nothing is wrong with it. */
export const goodSpec = () => ({
  seedImageRef: { version: NEW as string, image: seedImage(NEW), pullSecretRef: null as { name: string } | null },
  oadpContent: [{ name: CONTENT.oadp as string, namespace: OADP }],
  extraManifests: [{ name: CONTENT.manifests as string, namespace: AGENT }],
  // Reboots that nobody has planned take their time.
  autoRollbackOnFailure: { initMonitorTimeoutSeconds: 3600 },
});

/** Asks for a stage, also while the API server is away for a moment, and follows it to its end. */
export const runStage = async ({ edge, say }: Stage, stage: StageName, spec: object = {}): Promise<ImageBasedUpgrade> => {
  await until(`${stage} to be accepted`, ASK_SECONDS, () => askForStage(edge.kubectl, stage, spec));
  return followStage(edge, stage, STAGE_SECONDS, say);
};

/** What came of a stage, in one line: its end, and when it failed, why. */
export const endOf = (upgrade: ImageBasedUpgrade, stage: StageName): string => {
  if (stage === 'Idle') return conditionOf(upgrade, 'Idle');
  const completed = conditionOf(upgrade, `${stage}Completed`);
  return completed.startsWith(`${stage}Completed=True`) ? completed : conditionOf(upgrade, `${stage}InProgress`);
};

/** Whether a stage has ended well. */
export const isWell = (upgrade: ImageBasedUpgrade, stage: StageName): boolean =>
  conditionOf(upgrade, stage === 'Idle' ? 'Idle' : `${stage}Completed`).startsWith(
    stage === 'Idle' ? 'Idle=True' : `${stage}Completed=True`,
  );
