import type { DirectVolumeMigration } from '@godwit/api';
import { phaseOf } from '@godwit/controller';
import type { Scope } from './scope.ts';

/** Declares a phase of a volume copy. */
export const volumePhase = phaseOf<Scope, DirectVolumeMigration>();

/** The step under which all phases of a volume copy are shown. */
export const STEP = 'DirectVolume';
