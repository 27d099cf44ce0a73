import type { DirectVolumeMigrationProgress } from '@godwit/api';
import { ApiError, type Client } from '@godwit/kube';
import { expect, test } from 'vitest';
import { aDvm, aPair, aPod } from '../fixtures.ts';
import type { VolumeState } from '../transfer/attempts.ts';
import { clientState } from '../transfer/client-pods.ts';
import { recordProgress } from './record-progress.ts';

const state: VolumeState = {
  pair: aPair(),
  state: 'running',
  client: clientState(aPod({ name: 'rsync-1', namespace: 'shop', uid: 'u', labels: {} }, { phase: 'Running' }), new Map()),
} as VolumeState;

const hostOf = (patch: () => Promise<unknown>) => {
  const asked: string[] = [];
  const host = {
    get: async () => {
      asked.push('get');
      return { metadata: { name: 'p' }, spec: {} };
    },
    patch: async () => {
      asked.push('patch');
      return patch();
    },
  } as unknown as Client;
  return { host, asked };
};
const notes = () => ({ observed: new Map(), progress: new Map<string, DirectVolumeMigrationProgress | undefined>() });

test('a progress object is read once, and then known from what was written', async () => {
  const { host, asked } = hostOf(async () => ({ metadata: { name: 'p' }, spec: {}, status: { phase: 'Succeeded' } }));
  const known = notes();
  for (let round = 0; round < 3; round += 1) await recordProgress(host, aDvm(), [state], known, 0);
  expect(asked).toEqual(['get', 'patch']);
});

test('a progress object that was deleted meanwhile is left alone from then on', async () => {
  const { host, asked } = hostOf(async () => {
    throw new ApiError('gone', { status: 404, reason: 'NotFound' });
  });
  const known = notes();
  for (let round = 0; round < 3; round += 1) await recordProgress(host, aDvm(), [state], known, 0);
  expect(asked).toEqual(['get', 'patch']);
});
