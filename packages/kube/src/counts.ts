import type { RequestCount } from './types.ts';

/** Tallies requests by verb and resource; a retried request counts again, because the server saw it again. */
export type Tally = { add(verb: string, resource: string): void; list(): RequestCount[] };

/** An empty tally. */
export const tally = (): Tally => {
  const counts = new Map<string, RequestCount>();
  return {
    add: (verb, resource) => {
      const key = `${verb} ${resource}`;
      const entry = counts.get(key);
      if (entry) entry.count += 1;
      else counts.set(key, { verb, resource, count: 1 });
    },
    list: () => [...counts.values()].map((entry) => ({ ...entry })),
  };
};
