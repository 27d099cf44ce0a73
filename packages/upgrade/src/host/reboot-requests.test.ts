import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import type { HostDriver } from './driver.ts';
import { rebootRequests } from './reboot-requests.ts';

const hostIn = (boot: { id: string }): HostDriver => ({ bootId: async () => boot.id }) as unknown as HostDriver;

const asking = (boot: { id: string }) => {
  const clock = fakeClock();
  const requests = rebootRequests();
  const host = hostIn(boot);
  const asked: string[] = [];
  return { clock, requests, host, asked, ask: () => requests.make(host, clock, async () => void asked.push(boot.id)) };
};

test('a reboot is asked for once per boot', async () => {
  const boot = { id: 'first' };
  const { ask, asked } = asking(boot);
  await ask();
  await ask();
  boot.id = 'second';
  await ask();
  expect(asked).toEqual(['first', 'second']);
});

test('a request that fails is made again', async () => {
  const { ask, asked, clock, host, requests } = asking({ id: 'first' });
  await expect(requests.make(host, clock, () => Promise.reject(new Error('no reboot')))).rejects.toThrow('no reboot');
  await ask();
  expect(asked).toEqual(['first']);
});

test('a reboot that does not come within an hour is an error, and then it is asked for anew and waited for as long', async () => {
  const { ask, asked, clock } = asking({ id: 'first' });
  for (const times of [1, 2]) {
    await ask();
    await clock.advance(3600);
    await ask();
    await clock.advance(1);
    await expect(ask()).rejects.toThrow('failed to reboot. This should never happen! Please check the system');
    expect(asked).toHaveLength(times);
  }
});
