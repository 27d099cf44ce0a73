/** How a registry wants to be told who asks: a password, or a token that `realm` hands out. */
export type Challenge = { scheme: 'basic' } | { scheme: 'bearer'; realm: string; parameters: Record<string, string> };

/** Reads the `www-authenticate` header of a refusal; undefined when it asks for something else. */
export const parseChallenge = (header: string | undefined): Challenge | undefined => {
  if (header === undefined) return undefined;
  if (/^basic\b/i.test(header)) return { scheme: 'basic' };
  if (!/^bearer\b/i.test(header)) return undefined;
  const { realm, ...parameters } = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
  );
  return realm === undefined ? undefined : { scheme: 'bearer', realm, parameters };
};
