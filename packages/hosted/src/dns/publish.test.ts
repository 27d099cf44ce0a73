import { expect, test } from 'vitest';
import { ownerOf } from './ownership.ts';
import { addressesOf, drop, raise } from './publish.ts';
import { DnsError, type DnsRecord, type DnsZone } from './zone.ts';

const name = 'api-sample.hc.test';
const mine = { owner: 'mgmt-1', resource: 'service/clusters-sample/kube-apiserver' };

/** A zone in memory that keeps the promise of the port: nothing changes under a name that is another's. */
const zoneInMemory = (): DnsZone & { all: DnsRecord[] } => {
  const zone = {
    domain: 'hc.test',
    all: [] as DnsRecord[],
    records: async (of: string) => zone.all.filter((record) => record.name === of),
    change: async ({ upsert, remove, expectedOwner }: Parameters<DnsZone['change']>[0]) => {
      const touched = [...upsert, ...remove];
      if (touched.some((record) => ownerOf(zone.all.filter((each) => each.name === record.name)) !== expectedOwner))
        throw new DnsError('not the owner', 'owned-by-other');
      zone.all = [
        ...zone.all.filter((record) => !touched.some((each) => each.name === record.name && each.type === record.type)),
        ...upsert,
      ];
    },
  };
  return zone;
};

test('a name that is raised twice is changed once, and follows its addresses', async () => {
  const zone = zoneInMemory();
  await raise(zone, name, ['10.200.1.2'], mine);
  const first = zone.all;
  await raise(zone, name, ['10.200.1.2'], mine);
  expect(zone.all).toBe(first);
  await raise(zone, name, ['10.200.2.2'], mine);
  expect(zone.all.find(({ type }) => type === 'A')?.values).toEqual(['10.200.2.2']);
});

test('a name that is another’s is neither raised nor dropped', async () => {
  const zone = zoneInMemory();
  await raise(zone, name, ['10.200.2.2'], { ...mine, owner: 'mgmt-2' });
  const before = zone.all;
  await expect(raise(zone, name, ['10.200.1.2'], mine)).rejects.toThrow('not the owner');
  await drop(zone, name, 'mgmt-1');
  expect(zone.all).toEqual(before);
});

test('a dropped name leaves nothing, also not the mark of its owner', async () => {
  const zone = zoneInMemory();
  await raise(zone, name, ['10.200.1.2'], mine);
  await drop(zone, name, 'mgmt-1');
  expect(zone.all).toEqual([]);
});

const node = (address: string) => ({
  metadata: { name: address },
  status: {
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: 'n' },
    ],
  },
});

test.each([
  ['a node port', { type: 'NodePort' }, {}, ['10.200.1.2']],
  ['a load balancer', { type: 'LoadBalancer' }, { loadBalancer: { ingress: [{ ip: '10.200.1.100' }] } }, ['10.200.1.100']],
  ['a load balancer without an address yet', { type: 'LoadBalancer' }, {}, []],
  ['the inside only', { type: 'ClusterIP' }, {}, []],
])('a Service with %s is reached there', (_title, spec, status, addresses) => {
  expect(addressesOf({ metadata: {}, spec, status } as never, [node('10.200.1.2')] as never)).toEqual(addresses);
});
