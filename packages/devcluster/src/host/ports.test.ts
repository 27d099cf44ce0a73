import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts, requireFreePort } from './ports.ts';

test('free ports are all different', async () => {
  const ports = await freePorts(8);
  expect(new Set(ports).size).toBe(8);
});

test('a free port passes', async () => {
  const [port = 0] = await freePorts(1);
  await expect(requireFreePort('127.0.0.1', port, 'MinIO')).resolves.toBeUndefined();
});

test('a taken port is named, with the way to find who took it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as { port: number };
  await expect(requireFreePort('127.0.0.1', port, 'MinIO')).rejects.toThrow(`Port taken: MinIO needs 127.0.0.1:${port}`);
  server.close();
});
