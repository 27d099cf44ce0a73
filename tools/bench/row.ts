/** One line of the table: what was measured against what a user would use instead. */
export type Result = {
  name: string;
  /** The median of the samples. */
  ours: number;
  reference: number;
  unit: string;
  /** `measured` in this very run, `recorded` once from the upstream tools on the same kind of clusters, or the `limit` itself where no other tool does it. */
  referenceKind: 'measured' | 'recorded' | 'limit';
  /** What is aimed at, in words, with its unit. */
  goal: string;
  met: boolean;
  samples: readonly number[];
  /** What the number includes, and what was seen beside it. */
  note: string;
};

/** Something to measure; `name` selects it in `ROWS`. A row may give several lines that one run yields. */
export type Row = { name: string; title: string; measure(): Promise<Result[]> };

/** The middle one of the samples; of an even number the mean of the middle two. */
export const median = (samples: readonly number[]): number => {
  const sorted = samples.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
};

/** A number with three digits that matter. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
