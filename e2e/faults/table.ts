import type { Outcome } from './outcome.ts';

/** One strike: the phases that the struck write recorded, the fault, and what came of it. */
export type Row = Outcome & { phases: string[]; fault: string; seconds: number };

/** Prints phase × fault × outcome, a line for each phase, also where several phases share one write. */
export const printTable = (rows: readonly Row[]): void => {
  const lines = [
    ['PHASE', 'FAULT', 'SECONDS', 'OUTCOME', 'WRONG'],
    ...rows.flatMap(({ phases, fault, seconds, ended, wrong }) =>
      phases.map((phase) => [phase, fault, String(seconds), ended, wrong.join('; ') || '-']),
    ),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of lines)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  console.log(
    `${rows.length} strikes on ${rows.flatMap(({ phases }) => phases).length} phase × fault pairs, ${rows.filter(({ wrong }) => wrong.length > 0).length} wrong`,
  );
};
