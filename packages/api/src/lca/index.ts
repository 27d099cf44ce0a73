import { ImageBasedUpgrade } from './image-based-upgrade.ts';
import { SeedGenerator } from './seed-generator.ts';

export { ImageBasedUpgrade } from './image-based-upgrade.ts';
export { UPGRADE_NAME } from './image-based-upgrade-rules.ts';
export type { StagePhaseRecord, StageRecord } from './image-based-upgrade-status.ts';
export * from './names.ts';
export { SEED_GENERATOR_NAME, SeedGenerator } from './seed-generator.ts';
export { STAGES, type Stage, type WorkStage } from './stages.ts';
export * from './vocabulary.ts';

/** Every kind of lca.openshift.io. */
export const lcaKinds = [ImageBasedUpgrade, SeedGenerator] as const;
