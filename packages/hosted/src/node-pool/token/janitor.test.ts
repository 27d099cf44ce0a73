import { expect, test } from 'vitest';
import { judgeSecret } from './janitor.ts';

const now = new Date('2030-01-01T10:00:00Z');
const key = (name: string) => `hypershift.openshift.io/${name}`;
const secret = (name: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, annotations },
});
const token = (name: string, more: Record<string, string> = {}) =>
  secret(name, { [key('ignition-config')]: 'true', [key('nodePool')]: 'clusters/workers', ...more });
const userData = (name: string) => secret(name, { [key('nodePool')]: 'clusters/workers' });
const known = { poolName: 'workers', hash: 'new' };

test.each([
  ['leaves an unrelated Secret alone', secret('db'), known, 'keep'],
  [
    'leaves a related one alone while the pool’s configuration is not known',
    token('token-workers-old'),
    { poolName: 'workers', hash: undefined },
    'keep',
  ],
  ['deletes what belongs to a pool that is gone', token('token-workers-new'), undefined, 'delete'],
  ['keeps the present token', token('token-workers-new'), known, 'keep'],
  ['keeps the present user data', userData('user-data-workers-new'), known, 'keep'],
  ['lets a token of the past run out in two hours', token('token-workers-old'), known, { expire: '2030-01-01T12:00:00.000Z' }],
  [
    'does not put off the end of a token',
    token('token-workers-old', { [key('ignition-token-expiration-timestamp')]: '2030-01-01T11:00:00.000Z' }),
    known,
    'keep',
  ],
  [
    'deletes a token that has run out',
    token('token-workers-old', { [key('ignition-token-expiration-timestamp')]: '2030-01-01T09:00:00.000Z' }),
    known,
    'delete',
  ],
  ['deletes user data of the past', userData('user-data-workers-old'), known, 'delete'],
])('the janitor %s (T51)', (_title, found, owner, verdict) => {
  expect(judgeSecret(found, () => owner, now)).toEqual(verdict);
});
