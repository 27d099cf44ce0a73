import { StoreError, type StoreFault } from '@godwit/objectstore';
import { expect, test } from 'vitest';
import { storeFacts } from './read.ts';

const asked = (fault: StoreFault) =>
  storeFacts({
    move: { metadata: { uid: 'm' }, spec: { hostedCluster: { name: 'sample' } } },
    store: { url: 's3://b', put: () => Promise.reject(new StoreError('no', fault)) },
  } as never);

test('a store that refuses is a finding of the preflight', async () => {
  expect(await asked('access-denied')).toEqual({ url: 's3://b', fault: 'no', isPublic: false });
});

test('a store that is away is asked again, and no finding', async () => {
  await expect(asked('unreachable')).rejects.toThrow('no');
});
