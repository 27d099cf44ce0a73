import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesIn, assign, type Balanced } from './assign.ts';

const range = ['10.200.1.254', '10.200.2.1'] as const;

test('a range holds both of its ends, also across a byte', () => {
  expect(addressesIn(range)).toEqual(['10.200.1.254', '10.200.1.255', '10.200.2.0', '10.200.2.1']);
});

test.each<[string, Balanced[], ReturnType<typeof assign>]>([
  [
    'gives a new service the first address',
    [{ key: 'a/x', wanted: true }],
    { changes: [{ key: 'a/x', address: '10.200.1.254' }], answered: ['10.200.1.254'] },
  ],
  ['lets a service keep its address', [{ key: 'a/x', wanted: true, address: '10.200.2.0' }], { changes: [], answered: ['10.200.2.0'] }],
  [
    'takes the address away from a service of another type',
    [{ key: 'a/x', wanted: false, address: '10.200.2.0' }],
    { changes: [{ key: 'a/x', address: undefined }], answered: [] },
  ],
  ['leaves other services alone', [{ key: 'a/x', wanted: false }], { changes: [], answered: [] }],
  [
    'replaces an address from elsewhere, which a restored service may bring',
    [{ key: 'a/x', wanted: true, address: '10.201.1.100' }],
    { changes: [{ key: 'a/x', address: '10.200.1.254' }], answered: ['10.200.1.254'] },
  ],
  [
    'gives one of two services with the same address another one',
    [
      { key: 'a/x', wanted: true, address: '10.200.1.254' },
      { key: 'a/y', wanted: true, address: '10.200.1.254' },
    ],
    { changes: [{ key: 'a/y', address: '10.200.1.255' }], answered: ['10.200.1.254', '10.200.1.255'] },
  ],
])('the load balancer %s', (_title, services, wanted) => {
  expect(assign(services, range)).toEqual(wanted);
});

const services = fc.uniqueArray(
  fc.record({
    key: fc.string({ minLength: 1 }),
    wanted: fc.boolean(),
    address: fc.option(fc.constantFrom(...addressesIn(range), '192.0.2.1'), { nil: undefined }),
  }),
  { selector: ({ key }) => key, maxLength: 8 },
);

test('no address is given twice, and once all is written nothing changes any more', () => {
  fc.assert(
    fc.property(services, (list) => {
      const { changes, answered } = assign(list, range);
      expect(new Set(answered).size).toBe(answered.length);
      expect(answered.length).toBe(Math.min(4, list.filter(({ wanted }) => wanted).length));
      const written = list.map((each) => ({ ...each, ...changes.find(({ key }) => key === each.key) }));
      expect(assign(written, range).changes).toEqual([]);
    }),
  );
});
