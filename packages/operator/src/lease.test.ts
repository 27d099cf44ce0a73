import { expect, test } from 'vitest';
import { holderOf } from './lease.ts';

const now = new Date('2030-01-01T10:00:00Z');
const lease = (secondsAgo: number, holderIdentity = 'pod-1') => ({
  spec: { holderIdentity, leaseDurationSeconds: 15, renewTime: new Date(now.getTime() - secondsAgo * 1000).toISOString() },
});

test.each([
  ['a lease that was just renewed names its holder', lease(1), 'pod-1'],
  ['a holder whose clock is a little ahead still holds', lease(-3), 'pod-1'],
  ['a lease at the edge is believed', lease(20), 'pod-1'],
  ['a lease that was not renewed in time has no holder', lease(21), undefined],
  ['a lease that was given back has no holder', lease(1, ''), undefined],
  ['a lease that was never renewed has no holder', { spec: { holderIdentity: 'pod-1' } }, undefined],
  ['no lease, no holder', undefined, undefined],
])('%s', (_title, found, holder) => {
  expect(holderOf(found, now)).toBe(holder);
});
