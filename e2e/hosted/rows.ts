import type { HostedClusterMigration } from '@godwit/api';

const secondsBetween = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '' : `${(Date.parse(to) - Date.parse(from)) / 1000} s`;

/** The phases of a move with their times and what came of them, then the rows of its record, as aligned lines. */
export const rowsOf = ({ status }: HostedClusterMigration): string[] => {
  const lines = [
    ['PHASE', 'STARTED', 'TOOK', 'RESULT'],
    ...(status?.phases ?? []).map(({ name, started, completed, message }) => [
      name,
      started?.slice(11, 19) ?? '',
      secondsBetween(started, completed),
      (message ?? '').slice(0, 110),
    ]),
    ...(status?.evidence ?? []).map(({ row, name, completed, result }) => [
      `row ${row}`,
      completed.slice(11, 19),
      name,
      result.slice(0, 110),
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
