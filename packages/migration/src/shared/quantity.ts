const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a Kubernetes quantity stands for, in its base unit (bytes, cores, pieces); NaN for what is no quantity. */
export const quantityOf = (text: string | number | undefined): number => {
  const [, number = '', unit = ''] = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([numkMGTPE]?|[KMGTPE]i)$/.exec(String(text ?? '0')) ?? [];
  return number === '' ? Number.NaN : Number(number) * (factors[unit] ?? Number.NaN);
};

const binaryUnits = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'];

/** Writes bytes with the largest binary unit that leaves at least one whole, rounded to two digits. */
export const bytesText = (bytes: number): string => {
  const unit = binaryUnits.find((each) => Math.abs(bytes) >= (factors[each] ?? 0));
  return unit === undefined ? String(bytes) : `${Math.round((bytes / (factors[unit] ?? 1)) * 100) / 100}${unit}`;
};
