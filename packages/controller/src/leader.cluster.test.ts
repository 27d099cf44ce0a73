import { Lease } from '@godwit/api';
import { eventually, freshNamespace, testCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { runAsLeader } from './leader.ts';
import { silentLog } from './logger.ts';

const client = testCluster();

/** A candidate that leads until it is stopped, and tells others that it does. */
const candidate = (namespace: string, identity: string, leaders: Set<string>) => {
  const stop = new AbortController();
  const ended = runAsLeader({
    client,
    namespace,
    name: 'godwit',
    identity,
    clock: systemClock,
    log: silentLog,
    signal: stop.signal,
    leaseSeconds: 2,
    lead: async (signal) => {
      leaders.add(identity);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      leaders.delete(identity);
    },
  });
  return {
    stop: async () => {
      stop.abort();
      await ended;
    },
    ended,
  };
};

const holderOf = async (namespace: string) => (await client.get(Lease, { namespace, name: 'godwit' }))?.spec?.holderIdentity;

test('only one of two candidates leads, and the other follows at once when it leaves', async () => {
  const namespace = await freshNamespace();
  const leaders = new Set<string>();
  const first = candidate(namespace, 'first', leaders);
  await eventually(() => [...leaders]).toEqual(['first']);
  const second = candidate(namespace, 'second', leaders);
  await eventually(async () => (await client.get(Lease, { namespace, name: 'godwit' }))?.spec?.renewTime).toBeDefined();
  expect([...leaders]).toEqual(['first']);
  await first.stop();
  await eventually(() => [...leaders]).toEqual(['second']);
  expect((await client.get(Lease, { namespace, name: 'godwit' }))?.spec).toMatchObject({ holderIdentity: 'second', leaseTransitions: 1 });
  await second.stop();
  expect(await holderOf(namespace)).toBe('');
});

test('a leader that lost the lease stops leading, and leads again when it is free', async () => {
  const namespace = await freshNamespace();
  const leaders = new Set<string>();
  const one = candidate(namespace, 'one', leaders);
  await eventually(() => leaders.size).toBe(1);
  const thief = { spec: { holderIdentity: 'thief', leaseDurationSeconds: 2 } };
  await client.patch(Lease, { namespace, name: 'godwit' }, thief);
  await eventually(() => leaders.size).toBe(0);
  await eventually(() => holderOf(namespace)).toBe('one');
  await eventually(() => leaders.size).toBe(1);
  await one.stop();
});

test('what the leader throws ends its candidacy', async () => {
  const namespace = await freshNamespace();
  const failing = runAsLeader({
    client,
    namespace,
    name: 'godwit',
    identity: 'one',
    clock: systemClock,
    log: silentLog,
    signal: new AbortController().signal,
    leaseSeconds: 2,
    lead: async () => {
      throw new Error('no controllers');
    },
  });
  await expect(failing).rejects.toThrow('no controllers');
});
