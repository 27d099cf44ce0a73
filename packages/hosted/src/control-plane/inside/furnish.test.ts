import { silentLog } from '@godwit/controller';
import type { Client, Resource } from '@godwit/kube';
import { expect, test } from 'vitest';
import type { World } from '../../world.ts';
import { aControlPlane } from '../control-plane.fixture.ts';
import { createFurnisher } from './furnish.ts';
import { aSigningRequest } from './signing-request.fixture.ts';
import { SIGNING_REQUESTS } from './signing-request.ts';

test('kubelets get their certificates also while the release cannot be read, and nothing else is written', async () => {
  const requests = [await aSigningRequest()];
  const cache = async (_client: Client, kind: Resource) => ({
    get: () => undefined,
    list: () => (kind === SIGNING_REQUESTS ? requests : []),
  });
  const written: unknown[] = [];
  const client = { patch: async (...call: unknown[]) => written.push(call.slice(1)) } as unknown as Client;
  const { claims } = await createFurnisher({ cache, log: silentLog } as unknown as World)({
    plane: aControlPlane(),
    annotations: { 'godwit.io/nodes': 'w1' },
    release: undefined,
    konnectivity: undefined,
    seen: { secrets: [] },
    client,
    key: 'clusters-sample/sample',
    round: { signal: new AbortController().signal, watch: () => {}, wake: () => {} },
  });
  expect(written).toEqual([
    [
      { name: 'csr-1' },
      { status: { conditions: [expect.objectContaining({ type: 'Approved', status: 'True' })] } },
      { subresource: 'approval' },
    ],
  ]);
  expect(claims.map(({ type }) => type)).toEqual(['DataPlaneConnectionAvailable', 'ControlPlaneConnectionAvailable']);
});
