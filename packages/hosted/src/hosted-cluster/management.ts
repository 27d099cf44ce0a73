import { carryOut, type Effect } from '@godwit/controller';
import type { World } from '../world.ts';
import { FIELD_MANAGER } from './annotations.ts';

/** The role that effects name the management cluster by. */
export const MANAGEMENT = 'management';

/** Carries out effects on the management cluster in the name of this controller. */
export const onManagement = ({ management }: Pick<World, 'management'>, effects: readonly Effect[]): Promise<void> =>
  carryOut(effects, { [MANAGEMENT]: management }, { fieldManager: FIELD_MANAGER });
