/** Tells all clusters of a process that a backup was finished, so that none of them waits for its next look. */
export type Completions = { publish(): void; subscribe(name: string, listener: () => void): void };

/** Makes a bus; a second listener of a name replaces the first. */
export const createCompletions = (): Completions => {
  const listeners = new Map<string, () => void>();
  return {
    publish: () => {
      for (const listener of listeners.values()) listener();
    },
    subscribe: (name, listener) => void listeners.set(name, listener),
  };
};
