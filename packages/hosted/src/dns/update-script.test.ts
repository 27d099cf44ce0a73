import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownerOf, publishedRecords } from './ownership.ts';
import { updateScript } from './update-script.ts';
import type { DnsRecord } from './zone.ts';

const server = { host: '10.200.0.1', port: 53, zone: 'hc.test' };
const name = 'api-sample.hc.test';
const records = publishedRecords(name, ['10.200.1.2'], { owner: 'mgmt-1', resource: 'service/clusters-sample/kube-apiserver' });

test('a new name is published only where nobody has it', () => {
  expect(updateScript(server, { upsert: records, remove: [], expectedOwner: undefined }, () => undefined).split('\n')).toEqual([
    'server 10.200.0.1 53',
    'zone hc.test.',
    'prereq nxdomain api-sample.hc.test.',
    'update delete api-sample.hc.test. A',
    'update add api-sample.hc.test. 5 A 10.200.1.2',
    'update delete api-sample.hc.test. TXT',
    'update add api-sample.hc.test. 5 TXT "heritage=external-dns,external-dns/owner=mgmt-1,external-dns/resource=service/clusters-sample/kube-apiserver"',
    'send',
    '',
  ]);
});

test('an owned name is taken back only while the mark of its owner stands', () => {
  const remove = [
    { name, type: 'A' as const },
    { name, type: 'TXT' as const },
  ];
  expect(
    updateScript(server, { upsert: [], remove, expectedOwner: 'mgmt-1' }, () => 'mark')
      .split('\n')
      .slice(2, 5),
  ).toEqual([
    'prereq yxrrset api-sample.hc.test. TXT "mark"',
    'update delete api-sample.hc.test. A',
    'update delete api-sample.hc.test. TXT',
  ]);
});

test.each([
  ['a name of another zone', { name: 'api.example.com', type: 'A', values: ['10.0.0.1'] }, 'is not below hc.test'],
  ['a name that only looks like the zone', { name: 'evilhc.test', type: 'A', values: ['10.0.0.1'] }, 'is not below hc.test'],
  ['an address that is none', { name, type: 'A', values: ['10.0.0.1\nupdate delete hc.test. NS'] }, 'is no value'],
  ['a text that ends its quotes', { name, type: 'TXT', values: ['a" b'] }, 'is no value'],
])('%s is refused before anything is sent', (_title, record, message) => {
  const upsert = [{ ttlSeconds: 5, ...record } as DnsRecord];
  expect(() => updateScript(server, { upsert, remove: [], expectedOwner: undefined }, () => undefined)).toThrow(message);
});

test('whatever the values are, a script has one line for each command that was asked for', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (host, value) => {
      const upsert: DnsRecord[] = [{ name: `${host}.hc.test`, type: 'TXT', ttlSeconds: 5, values: [value] }];
      try {
        expect(updateScript(server, { upsert, remove: [], expectedOwner: undefined }, () => undefined).split('\n')).toHaveLength(7);
      } catch (error) {
        expect((error as Error).name).toBe('DnsError');
      }
    }),
  );
});

test('the owner of a name is read out of its TXT record', () => {
  expect(ownerOf(records)).toBe('mgmt-1');
  expect(ownerOf([{ name, type: 'TXT', ttlSeconds: 5, values: ['v=spf1'] }])).toBeUndefined();
});
