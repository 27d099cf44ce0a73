import type { ImageBasedUpgrade } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { draftOf } from './upgrade-draft.ts';

test('a stage that is asked for in the middle of a round is the matter of the next one, and is not saved as if it had been looked at', async () => {
  const read = { metadata: { name: 'upgrade', uid: 'one' }, spec: { stage: 'Upgrade' } } as ImageBasedUpgrade;
  const edited = { metadata: { ...read.metadata, resourceVersion: '8' }, spec: { stage: 'Idle' }, status: {} };
  const saved: ImageBasedUpgrade[] = [];
  const cluster = { patch: async () => edited } as unknown as Client;
  const draft = draftOf(read, { cluster, clock: fakeClock(), wrote: async (upgrade) => void saved.push(upgrade) });
  draft.tell({ type: 'progressed', stage: 'Upgrade', message: 'Restoring Application Data' });
  await draft.write();
  expect(draft.stage()).toBe('Upgrade');
  expect(saved).toMatchObject([{ metadata: edited.metadata, spec: { stage: 'Upgrade' } }]);
});
