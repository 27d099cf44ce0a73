import { z } from 'zod';

/** The stages in the order in which an upgrade goes through them. */
export const STAGES = ['Idle', 'Prep', 'Upgrade', 'Rollback'] as const;

/** A stage of an ImageBasedUpgrade. */
export type Stage = (typeof STAGES)[number];

/** The stages that are worked through; Idle is where they begin and end. */
export type WorkStage = Exclude<Stage, 'Idle'>;

/** A stage as a field. */
export const stageField = () => z.enum(STAGES);
