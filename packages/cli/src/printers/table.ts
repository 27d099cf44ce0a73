const GAP = '   ';

/** Rows under their column names, aligned as kubectl does; empty cells become `<none>`. Line by line. */
export const tableLines = (names: readonly string[], rows: readonly (readonly string[])[], { headers = true } = {}): string[] => {
  const filled = rows.map((row) => row.map((cell) => (cell === '' ? '<none>' : cell)));
  const lines = headers ? [names, ...filled] : filled;
  const widths = names.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0), 0));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
};
