/**
 * Reads several sources one after the other while the first answers of the next ones are already on their way.
 * At most `width` answers are held at a time, so memory stays bounded and the order is that of the sources.
 */
export async function* ahead<T>(sources: readonly (() => AsyncIterable<T>)[], width: number): AsyncGenerator<T> {
  type Opened = { iterator: AsyncIterator<T>; next: Promise<IteratorResult<T>> };
  const opened: Opened[] = [];
  let position = 0;
  const open = (): void => {
    const source = sources[position++];
    if (source === undefined) return;
    const iterator = source()[Symbol.asyncIterator]();
    const next = iterator.next();
    next.catch(() => {}); // judged when its turn comes
    opened.push({ iterator, next });
  };
  try {
    while (opened.length < width && position < sources.length) open();
    for (let current = opened[0]; current !== undefined; current = opened[0]) {
      const result = await current.next;
      if (result.done) {
        opened.shift();
        open();
        continue;
      }
      current.next = current.iterator.next();
      current.next.catch(() => {});
      yield result.value;
    }
  } finally {
    await Promise.allSettled(opened.map(({ iterator }) => iterator.return?.()));
  }
}
