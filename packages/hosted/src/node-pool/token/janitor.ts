import { annotations, type Secret } from '@godwit/api';
import { tokenName, userDataName } from './secrets.ts';

/** How long machines that are being built may still use a token that the pool has left behind. */
const GRACE_SECONDS = 2 * 3600;

/** What is to be done with a Secret that a pool's configuration left behind. */
export type Verdict = 'keep' | 'delete' | { expire: string };

/** The pool that a Secret belongs to; `hash` is its present configuration, undefined while nobody knows it; undefined: there is no such pool. */
export type Owner = { poolName: string; hash: string | undefined } | undefined;

const isToken = ({ metadata }: Secret): boolean => metadata.annotations?.[annotations.ignitionConfig] === 'true';

/** Judges one Secret of a control plane's namespace. Tokens run out two hours after they were left behind, user data goes at once. */
export const judgeSecret = (secret: Secret, ownerOf: (pool: string) => Owner, now: Date): Verdict => {
  const { name = '', annotations: marks = {} } = secret.metadata;
  const pool = marks[annotations.nodePool];
  if (pool === undefined) return 'keep';
  const owner = ownerOf(pool);
  if (owner === undefined) return 'delete';
  if (owner.hash === undefined) return 'keep';
  if (name === tokenName(owner.poolName, owner.hash) || name === userDataName(owner.poolName, owner.hash)) return 'keep';
  if (!isToken(secret)) return 'delete';
  const expires = marks[annotations.ignitionTokenExpiration];
  if (expires === undefined) return { expire: new Date(now.getTime() + GRACE_SECONDS * 1000).toISOString() };
  return Date.parse(expires) <= now.getTime() ? 'delete' : 'keep';
};
