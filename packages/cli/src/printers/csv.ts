const quoted = (cell: string): string => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as RFC 4180 has them, with the column names first. */
export const csvLines = (names: readonly string[], rows: readonly (readonly string[])[], { headers = true } = {}): string[] =>
  [...(headers ? [names] : []), ...rows].map((row) => row.map(quoted).join(','));
