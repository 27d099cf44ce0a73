import type { Pod } from '@godwit/api';
import { expect, test } from 'vitest';
import { mayRun } from './end-pods.ts';

const ended = { name: 'server', state: { terminated: { exitCode: 0 } } };
const alive = { name: 'server', state: { running: {} } };

const pod = (status: unknown, { told = true, containers = 1 } = {}): Pod =>
  ({
    metadata: { name: 'kube-apiserver-0', ...(told ? { deletionTimestamp: '2030-01-01T00:00:00Z' } : {}) },
    spec: { containers: Array.from({ length: containers }, (_, index) => ({ name: `${index}` })) },
    status,
  }) as unknown as Pod;

test.each([
  ['whose container runs may run', pod({ phase: 'Running', containerStatuses: [alive] }), true],
  ['that has ended all containers runs no more', pod({ phase: 'Running', containerStatuses: [ended] }), false],
  ['that was not told to end may start its container again', pod({ phase: 'Running', containerStatuses: [ended] }, { told: false }), true],
  ['of which one container has no status yet may run', pod({ phase: 'Pending', containerStatuses: [ended] }, { containers: 2 }), true],
  ['that no node has begun may still be started', pod({ phase: 'Pending' }), true],
  ['without a status may run', pod(undefined), true],
  ['that has failed runs no more', pod({ phase: 'Failed' }, { told: false }), false],
  ['that has succeeded runs no more', pod({ phase: 'Succeeded' }, { told: false }), false],
])('a pod %s', (_title, found, expected) => {
  expect(mayRun(found)).toBe(expected);
});
