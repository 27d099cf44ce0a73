import { type Clock, createTasks, type Effect, type Log } from '@godwit/controller';
import { ConnectionError } from '@godwit/kube';
import { expect, test } from 'vitest';
import type { StageScope } from '../handler/stage-handler.ts';
import { jobPhase } from './job-phase.ts';
import { prepJobs } from './job-texts.ts';

const log = { warn: () => {} } as unknown as Log;
const clock: Clock = { now: () => new Date('2030-01-01T00:00:00Z'), sleep: async () => {} };

const failedWith = async (error: Error) => {
  const tasks = createTasks({ clock, log });
  const scope = { tasks, report: { status: () => ({ phases: [{ name: 'Precache' }] }) } } as unknown as StageScope;
  const phase = jobPhase({
    name: 'Precache',
    description: 'Bringing the images',
    job: prepJobs.precache,
    deadlineSeconds: 60,
    run: () => Promise.reject(error),
  });
  const ended = new Promise<void>((resolve) => void tasks.onChange(() => resolve()));
  tasks.ensure('Prep/Precache', () => Promise.reject(error));
  await ended;
  return phase.judge(scope, {} as never);
};

const isTask = (effect: Effect): boolean => effect.do === 'task';

test('an API server that was away makes a part of Prep begin again', async () => {
  const verdict = await failedWith(
    new ConnectionError('https://192.0.2.1:6443: the connection broke', { server: 'https://192.0.2.1:6443', fault: 'reset' }),
  );
  expect(verdict).toMatchObject({ outcome: 'wait', said: { reason: 'Precache' } });
  expect(verdict.effects.some(isTask)).toBe(true);
});

test('whatever else a part of Prep throws fails Prep with its words', async () => {
  expect(await failedWith(new Error('no space is left'))).toMatchObject({
    outcome: 'fail',
    said: { reason: 'PrecacheFailed', message: expect.stringContaining(': no space is left') },
  });
});
