import { expect, test } from 'vitest';
import type { HostDriver } from './driver.ts';
import { rebootRequests } from './reboot-requests.ts';

const now = new Date('2030-01-01T10:00:00Z');
const clock = { now: () => now };

const hostIn = (boot: { id: string }): HostDriver => ({ bootId: async () => boot.id }) as unknown as HostDriver;

test('a reboot is asked for once per boot', async () => {
  const boot = { id: 'first' };
  const host = hostIn(boot);
  const requests = rebootRequests();
  const asked: string[] = [];
  const ask = () => requests.make(host, clock, async () => void asked.push(boot.id));
  expect(await requests.since(host)).toBeUndefined();
  await ask();
  await ask();
  expect(await requests.since(host)).toEqual(now);
  boot.id = 'second';
  expect(await requests.since(host)).toBeUndefined();
  await ask();
  requests.forget(host);
  await ask();
  expect(asked).toEqual(['first', 'second', 'second']);
});

test('a request that fails is made again', async () => {
  const host = hostIn({ id: 'first' });
  const requests = rebootRequests();
  await expect(requests.make(host, clock, () => Promise.reject(new Error('no reboot')))).rejects.toThrow('no reboot');
  expect(await requests.since(host)).toBeUndefined();
  await requests.make(host, clock, async () => {});
  expect(await requests.since(host)).toEqual(now);
});
