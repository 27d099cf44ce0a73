/** Works on all items, so many at a time, and returns what was thrown. */
export const inParallel = async <T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<unknown[]> => {
  const errors: unknown[] = [];
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item).catch((error: unknown) => errors.push(error));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return errors;
};
