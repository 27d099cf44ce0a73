import type { DirectVolumeMigration } from '@godwit/api';
import type { Scope } from './scope.ts';
import { type Attempts, attemptLimit, operationOf, type VolumeState, volumeState } from './transfer/attempts.ts';
import { currentClient, currentComparer } from './transfer/client-pods.ts';
import { volumePairs } from './volume-pair.ts';

const attemptsOf = (scope: Scope, dvm: DirectVolumeMigration): Attempts => ({
  limit: attemptLimit(dvm, scope.options.backOffLimit),
  stage: dvm.spec.migrationType === 'Stage',
  endings: scope.notes.endings,
});

/** How the copies stand, from their pods and what is recorded. */
export const copyStates = (scope: Scope, dvm: DirectVolumeMigration): VolumeState[] => {
  const pods = scope.source.pods();
  return volumePairs(dvm).map((pair) =>
    volumeState(pair, currentClient(pods, pair), operationOf(dvm.status?.rsyncOperations, pair), attemptsOf(scope, dvm)),
  );
};

/** How the comparisons stand; their pods are their only record. */
export const comparisonStates = (scope: Scope, dvm: DirectVolumeMigration): VolumeState[] => {
  const pods = scope.source.pods();
  return volumePairs(dvm)
    .filter(({ verify }) => verify)
    .map((pair) => volumeState(pair, currentComparer(pods, pair), undefined, { ...attemptsOf(scope, dvm), stage: false }));
};
