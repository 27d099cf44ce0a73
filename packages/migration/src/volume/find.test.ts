import { Namespace } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { expect, test } from 'vitest';
import { findOnce } from './find.ts';

const shop: Namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

test('an object that was found is not asked for again, an absent one is', async () => {
  const answers = [undefined, shop];
  const asked: string[] = [];
  const get = async (_: unknown, { name }: { name: string }) => {
    asked.push(name);
    return answers.shift();
  };
  const find = findOnce({ get } as unknown as Pick<Client, 'get'>);
  expect(await find(Namespace, { name: 'shop' })).toBeUndefined();
  expect(await find(Namespace, { name: 'shop' })).toBe(shop);
  expect(await find(Namespace, { name: 'shop' })).toBe(shop);
  expect(asked).toEqual(['shop', 'shop']);
});
