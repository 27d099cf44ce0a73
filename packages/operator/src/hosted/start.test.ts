import { hypershiftKinds } from '@godwit/api';
import { expect, test } from 'vitest';
import { kindsNotServed } from './start.ts';

test('a cluster that serves every kind lacks none', () => {
  expect(kindsNotServed(hypershiftKinds)).toEqual([]);
});

test('kinds that are not served are named', () => {
  expect(kindsNotServed(hypershiftKinds.filter(({ kind }) => kind !== 'NodePool'))).toEqual(['NodePool']);
});

test('a kind that is served in another version only counts as not served', () => {
  expect(kindsNotServed(hypershiftKinds.map((each) => ({ ...each, version: 'v1alpha1' })))).toHaveLength(hypershiftKinds.length);
});
