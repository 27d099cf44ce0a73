import type { Secret } from '@godwit/api';
import type { TokenFacts } from './facts.ts';

const KEY = 'saToken';

/** The token in a MigCluster's secret; an absent key gives no token, an empty one the empty string. */
export const tokenOf = (secret: Pick<Secret, 'data'> | undefined): TokenFacts => {
  if (secret === undefined) return { found: false };
  const value = secret.data?.[KEY];
  return { found: true, token: value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8').trim() };
};
