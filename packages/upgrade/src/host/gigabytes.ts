/** Bytes as people read them: in GB of 10⁹ bytes, with one decimal. */
export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
