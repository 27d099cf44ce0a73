import { expect, test } from 'vitest';
import { publishedRecords } from '../../dns/ownership.ts';
import type { DnsRecord } from '../../dns/zone.ts';
import type { Move } from '../scope.ts';
import { raiseDns } from './dns.ts';

const [API, IGNITION, OWNER] = ['api.hc.test', 'ignition.hc.test', 'beta'];
const now = new Date('2030-01-01T00:00:20.040Z');
const started = '2030-01-01T00:00:00.000Z';
const endpoint = { host: API, port: 6443 };

const here = (name: string): DnsRecord[] => publishedRecords(name, ['192.0.2.1'], { owner: OWNER, resource: 'service/a/b' });
const move = (downtime: object): Move => ({ metadata: { name: 'move', namespace: 'hypershift' }, spec: {}, status: { downtime } }) as Move;

const decided = (names: Record<string, DnsRecord[]>, fault: string | undefined, downtime: object = { started }) =>
  raiseDns.decide({ records: new Map(Object.entries(names)), owner: OWNER, endpoint, fault, pem: '', effects: [], now }, move(downtime));

test('the API is away no more once its own name leads here and it answers, although other names are still awaited', () => {
  const verdict = decided({ [API]: here(API), [IGNITION]: [] }, undefined);
  expect(verdict.outcome).toBe('wait');
  expect(verdict.notes).toEqual({ downtime: { started, ended: now.toISOString(), seconds: 20 } });
});

test.each<[string, Record<string, DnsRecord[]>, string | undefined]>([
  ['its name leads nowhere', { [API]: [], [IGNITION]: here(IGNITION) }, 'it has no address yet'],
  ['it does not answer', { [API]: here(API), [IGNITION]: here(IGNITION) }, 'connect ECONNREFUSED'],
  ['its name belongs to another side', { [API]: publishedRecords(API, ['192.0.2.9'], { owner: 'alpha', resource: 'a' }) }, undefined],
])('the API is still away while %s', (_title, names, fault) => {
  const verdict = decided(names, fault);
  expect(verdict.outcome).toBe('wait');
  expect(verdict.notes).toBeUndefined();
});

test('the end of a downtime that was noted stays as it was', () => {
  const noted = { started, ended: '2030-01-01T00:00:19.000Z', seconds: 19 };
  expect(decided({ [API]: here(API), [IGNITION]: [] }, undefined, noted).notes).toEqual({ downtime: noted });
});
