import { MigPlan } from '@godwit/api';
import { expect, test } from 'vitest';
import type { World } from '../world.ts';
import { reportingFailure } from './reconcile-failed.ts';

const plan: MigPlan = { apiVersion: 'v', kind: 'MigPlan', metadata: { namespace: 'openshift-migration', name: 'shop' }, spec: {} };

/** A world in which any use is a failure of the test: nothing may be written. */
const untouchable = new Proxy({}, { get: (_target, name) => expect.fail(`world.${String(name)} was used`) }) as World;

test('a round that is told to stop says nothing about its object', async () => {
  const stopped = new DOMException('This operation was aborted', 'AbortError');
  await expect(reportingFailure(untouchable, MigPlan, plan, () => Promise.reject(stopped))).rejects.toBe(stopped);
});
