import { completedType, IDLE, inProgressType, type Stage } from '@godwit/api';
import type { StandardCondition } from '@godwit/controller';
import type { Conditions } from './stage-conditions.ts';

/**
 * The conditions of the wanted stage, said to hold for this generation. Others keep theirs, which may be larger: generations begin anew
 * when the object is made again after a reboot.
 */
export const observeGeneration = (conditions: Conditions, stage: Stage, generation: number | undefined): StandardCondition[] => {
  const types: readonly string[] = stage === 'Idle' ? [IDLE] : [inProgressType(stage), completedType(stage)];
  return conditions.map((each) => (types.includes(each.type) ? { ...each, observedGeneration: generation } : each));
};
