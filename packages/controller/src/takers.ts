/** Workers that wait for a key, in the order in which they came. */
export type Takers = {
  /** Waits for a key; rejects when the signal aborts. */
  wait(signal: AbortSignal): Promise<string>;
  /** Hands the key to the first who waits; false when nobody does. */
  hand(key: string): boolean;
};

/** Makes an empty row of workers. */
export const createTakers = (): Takers => {
  const takers = new Set<(key: string) => void>();
  return {
    wait: (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const refuse = () => {
        takers.delete(taker);
        reject(signal.reason);
      };
      const taker = (key: string) => {
        takers.delete(taker);
        signal.removeEventListener('abort', refuse);
        resolve(key);
      };
      takers.add(taker);
      signal.addEventListener('abort', refuse, { once: true });
      return promise;
    },
    hand: (key) => {
      const [taker] = takers;
      taker?.(key);
      return taker !== undefined;
    },
  };
};
