import { randomUUID } from 'node:crypto';
import { annotations, Secret } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { ROTATE_AFTER_SECONDS, type TokenParts, tokenName, tokenSecret, userDataSecret } from './secrets.ts';
import type { Bootstrap } from './user-data.ts';

const decode = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value, 'base64').toString();

const isOld = ({ metadata }: Secret, now: Date): boolean => {
  const generated = Date.parse(metadata.annotations?.[annotations.lastTokenGeneration] ?? '');
  return Number.isNaN(generated) || (now.getTime() - generated) / 1000 >= ROTATE_AFTER_SECONDS;
};

/** The token that holds from now on, and the one before it. A token is exchanged at half of its life, and when there is none. */
const currentToken = (found: Secret | undefined, now: Date): { token: string; previous: string | undefined; generated: string } => {
  const token = decode(found?.data?.token);
  if (found === undefined || token === undefined) return { token: randomUUID(), previous: undefined, generated: now.toISOString() };
  if (isOld(found, now)) return { token: randomUUID(), previous: token, generated: now.toISOString() };
  const generated = found.metadata.annotations?.[annotations.lastTokenGeneration] ?? now.toISOString();
  return { token, previous: decode(found.data?.old_token), generated };
};

const applied = (object: Secret): Effect => ({ do: 'apply', on: 'management', resource: Secret, object });

/** Writes the two Secrets that machines of this configuration start from. */
export const bootstrapSecrets = (
  parts: TokenParts,
  { secrets, endpoint, authority, now }: { secrets: readonly Secret[]; now: Date } & Pick<Bootstrap, 'endpoint' | 'authority'>,
): Effect[] => {
  const found = secrets.find(({ metadata }) => metadata.name === tokenName(parts.poolName, parts.hash));
  const { token, previous, generated } = currentToken(found, now);
  return [applied(tokenSecret(parts, token, previous, generated)), applied(userDataSecret(parts, { endpoint, authority, token }))];
};

/** Whether a machine has fetched its configuration with this token. */
export const isReached = (secrets: readonly Secret[], name: string): boolean =>
  secrets.some(({ metadata }) => metadata.name === name && metadata.annotations?.[annotations.ignitionReached] === 'True');
