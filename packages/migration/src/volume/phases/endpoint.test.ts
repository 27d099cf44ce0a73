import type { Resource } from '@godwit/kube';
import { expect, test } from 'vitest';
import { aDvm } from '../fixtures.ts';
import { noNotes } from '../open-scope.ts';
import type { Scope } from '../scope.ts';
import { createRsyncRoute } from './endpoint.ts';

const node = (ready: string) => ({ metadata: { name: 'worker-1' }, status: { conditions: [{ type: 'Ready', status: ready }] } });

/** A target cluster with NodePorts and one node. */
const scopeWith = (ready: string): Scope => {
  const client = { list: async ({ kind }: Resource) => ({ items: kind === 'Node' ? [node(ready)] : [] }) };
  return { target: { client, config: { RSYNC_ENDPOINT_TYPE: 'NodePort' } }, notes: noNotes() } as unknown as Scope;
};

test('a Service is made for the node that clients enter by', async () => {
  const { outcome, effects } = await createRsyncRoute.judge(scopeWith('True'), aDvm());
  expect({ outcome, effects }).toMatchObject({
    outcome: 'advance',
    effects: [{ object: { kind: 'Service', metadata: { labels: { hostname: 'worker-1' } } } }],
  });
});

test('as long as no node is ready none is made: it would stay without an address', async () => {
  expect(await createRsyncRoute.judge(scopeWith('Unknown'), aDvm())).toMatchObject({
    outcome: 'wait',
    said: { reason: 'EntryNodePending', message: expect.stringContaining('kubectl get nodes') },
    effects: [],
  });
});
