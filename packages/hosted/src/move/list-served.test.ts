import { CustomResourceDefinition, Machine } from '@godwit/api';
import { ApiError, type Client } from '@godwit/kube';
import { expect, test } from 'vitest';
import { listServed } from './list-served.ts';

const refusing = (status: number, reason: string, definition?: object): Client =>
  ({
    list: async () => {
      throw new ApiError('no', { status, reason });
    },
    get: async (resource: unknown) => (resource === CustomResourceDefinition ? definition : undefined),
  }) as unknown as Client;

test('a kind that nobody has defined has no objects', async () => {
  expect(await listServed(refusing(404, 'NotFound'), Machine, 'home')).toEqual([]);
});

test.each<[string, Client]>([
  ['is defined but not served yet', refusing(404, 'NotFound', { metadata: {} })],
  ['cannot be asked for', refusing(503, 'ServiceUnavailable')],
  ['must not be read', refusing(403, 'Forbidden')],
])('a kind that %s is not taken for empty', async (_title, client) => {
  await expect(listServed(client, Machine, 'home')).rejects.toThrow('no');
});
