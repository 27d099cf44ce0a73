import { randomBytes } from 'node:crypto';
import { ConfigMap, Secret } from '@godwit/api';
import type { Client } from '@godwit/kube';

/** How many objects there are, half of them ConfigMaps and half Secrets, with 1 KiB each. */
export const OBJECTS = 10_000;
const WIDTH = 64;
const BYTES = 1024;

const create = (client: Client, namespace: string, at: number): Promise<unknown> => {
  const name = `object-${at}`;
  // Random text: what compresses to nothing would flatter the archive.
  const text = randomBytes(BYTES * 0.75).toString('base64');
  return at % 2 === 0
    ? client.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data: { text } })
    : client.create(Secret, { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, stringData: { text } });
};

/** Fills a namespace. */
export const createManyObjects = async (client: Client, namespace: string): Promise<void> => {
  let next = 0;
  const worker = async () => {
    while (next < OBJECTS) {
      next += 1;
      await create(client, namespace, next);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
};
