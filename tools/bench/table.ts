import { type Result, rounded } from './row.ts';

const cells = ({ name, ours, reference, unit, referenceKind, goal, met }: Result): string[] => [
  name,
  `${rounded(ours)} ${unit}`,
  `${rounded(reference)} ${unit} (${referenceKind})`,
  String(rounded(ours / reference)),
  goal,
  met ? 'met' : 'NOT MET',
];

/** The results as lines of aligned columns. */
export const tableOf = (results: readonly Result[]): string[] => {
  const lines = [['ROW', 'OURS', 'REFERENCE', 'RATIO', 'GOAL', ''], ...results.map(cells)];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
