/** Where a backup was finished: the cluster, and the location, whose name a migration gives on all its clusters; undefined: the default one. */
type Completion = { server: string; location: string | undefined };

/** Tells the other clusters of a process that a backup was finished, so that none of them waits for its next look. */
export type Completions = {
  publish(completion: Completion): void;
  /** Listens for what other clusters finish in a location of this name; a second listener of the same place replaces the first. */
  subscribe(place: { server: string; location: string }, listener: () => void): void;
};

/** Makes a bus. */
export const createCompletions = (): Completions => {
  const listeners = new Map<string, { server: string; location: string; listener: () => void }>();
  return {
    publish: ({ server, location }) => {
      for (const each of listeners.values())
        if (each.server !== server && (location === undefined || each.location === location)) each.listener();
    },
    subscribe: (place, listener) => void listeners.set(`${place.server} ${place.location}`, { ...place, listener }),
  };
};
