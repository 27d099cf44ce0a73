const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes for people, in powers of 1024 and three digits at most: 512 B, 1.5 GiB. */
export const shortBytes = (bytes: number): string => {
  let [value, at] = [bytes, 0];
  while (value >= 1000 && at < UNITS.length - 1) [value, at] = [value / 1024, at + 1];
  return `${at === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${UNITS[at]}`;
};
