import { createHash } from 'node:crypto';
import { correlationLabels, labels } from '@godwit/api';
import type { Plan, Run } from './scope.ts';

/** Kinds of helper objects that a run creates, each at most once. */
export type Piece = 'initial' | 'final' | 'precopy' | 'copy';

/**
 * The name of an object that a run creates: `<run>-<piece>-<five characters>`, at most 63 long.
 * Computed from the run's uid, so that a second start of the same phase finds the first one's object.
 */
export const pieceName = ({ metadata }: Run, piece: Piece): string => {
  const suffix = createHash('sha256').update(`${metadata.uid}/${piece}`).digest('hex').slice(0, 5);
  return `${(metadata.name ?? '').slice(0, 55 - piece.length)}-${piece}-${suffix}`;
};

/** Labels of every object that a run creates; `purpose` is the label of upstream that tells the object's role. */
export const runLabels = (run: Run, plan: Plan, purpose?: string): Record<string, string> => ({
  ...correlationLabels('MigMigration', run.metadata.uid ?? ''),
  [labels.migMigrationName]: run.metadata.name ?? '',
  [labels.migPlanName]: plan.metadata.name ?? '',
  [labels.migratedByMigMigration]: run.metadata.uid ?? '',
  [labels.migratedByMigPlan]: plan.metadata.uid ?? '',
  ...(purpose === undefined ? {} : { [purpose]: run.metadata.uid ?? '' }),
});

/** The run as owner of an object in its own namespace. */
export const ownedByRun = ({ apiVersion, kind, metadata }: Run) => [
  { apiVersion, kind, name: metadata.name ?? '', uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: false },
];
