import type { MigMigration } from '@godwit/api';

const secondsBetween = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '' : `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(0)}s`;

/** The phases of a run as a table, with when each began and how long it took. */
export const phaseTable = ({ status }: MigMigration): string[] => {
  const rows = (status?.phases ?? []).map(({ name, started, completed, message = '' }) => [
    name,
    secondsBetween(status?.startTimestamp, started),
    secondsBetween(started, completed),
    message,
  ]);
  const table = [['PHASE', 'AT', 'TOOK', 'WHAT HAPPENED'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
};

/** The commands that a newcomer may try next. */
export const nextCommands = (set: string): string[] => [
  `eval "$(npx godwit-dev env --set ${set})"   # puts kubectl and the contexts alpha and beta in reach`,
  'kubectl --context beta -n shop get all,pvc',
  'kubectl --context beta -n openshift-migration get migplan,migmigration,directvolumemigration',
  'npx godwit run get --context beta',
  'npx godwit run rollback --help                # how to take the migration back',
  'make demo-down                                # removes the clusters',
];
