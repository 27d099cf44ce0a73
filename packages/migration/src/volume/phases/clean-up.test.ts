import type { Client, Resource } from '@godwit/kube';
import { expect, test } from 'vitest';
import { aDvm } from '../fixtures.ts';
import type { Scope } from '../scope.ts';
import { cleanStaleRsyncResources, waitForRsyncResourcesTerminated, waitForStaleRsyncResourcesTerminated } from './clean-up.ts';

/** A scope that keeps what it was asked for on each side. */
const asked = () => {
  const lists: string[] = [];
  const clientOf = (side: string) =>
    ({
      list: async ({ kind }: Resource) => {
        lists.push(`${side} ${kind}`);
        return { items: [], resourceVersion: '1' };
      },
    }) as unknown as Client;
  const scope = { host: clientOf('host'), source: { client: clientOf('source') }, target: { client: clientOf('target') } };
  return { scope: scope as unknown as Scope, lists };
};

const begun = aDvm({}, { phase: 'Prepare' });

test('nothing is looked for while the status names no phase: nothing can have been made', async () => {
  const { scope, lists } = asked();
  for (const phase of [cleanStaleRsyncResources, waitForStaleRsyncResourcesTerminated])
    expect(await phase.judge(scope, aDvm())).toMatchObject({ outcome: 'advance', effects: [] });
  expect(lists).toEqual([]);
});

test('a copy that had begun is looked for on both clusters, endpoints only where they are made', async () => {
  const { scope, lists } = asked();
  await cleanStaleRsyncResources.judge(scope, begun);
  expect(lists.toSorted()).toEqual([
    'host Secret',
    ...['ConfigMap', 'NetworkPolicy', 'Pod', 'Secret'].map((kind) => `source ${kind}`),
    ...['ConfigMap', 'NetworkPolicy', 'Pod', 'Route', 'Secret', 'Service'].map((kind) => `target ${kind}`),
  ]);
});

test('only pods are waited for', async () => {
  const { scope, lists } = asked();
  await waitForRsyncResourcesTerminated.judge(scope, begun);
  expect(lists).toEqual(['source Pod', 'target Pod']);
});
