import { readFileSync } from 'node:fs';
import { Cluster, CustomResourceDefinition } from '@godwit/api';
import { programPath } from '@godwit/devcluster';
import type { Client } from '@godwit/kube';
import { clusterPair, eventually, run } from '@godwit/testkit';
import { afterAll } from 'vitest';
import { hostedClusterControllers } from './controllers.ts';
import { roomOn } from './room.fixture.ts';
import { aWorld } from './world.fixture.ts';

const installClusterApi = async (client: Client): Promise<void> => {
  for (const definition of JSON.parse(readFileSync(await programPath('cluster-api-crds.json'), 'utf8')) as CustomResourceDefinition[])
    await client.apply(CustomResourceDefinition, definition, { fieldManager: 'test', force: true });
  await eventually(() => client.list(Cluster)).toMatchObject({ items: [] });
};

/**
 * A management cluster with the controllers of HostedClusters and the kinds of Cluster API, for the calling test file. A fence forbids the
 * clusters of the namespaces in `forbidden`.
 */
export const controlledClusters = async () => {
  const { host: client } = await clusterPair({ controllers: true });
  await installClusterApi(client);
  const forbidden = new Set<string>();
  const fences = {
    forbidding: async ({ namespace }: { namespace: string }) => (forbidden.has(namespace) ? { name: 'fence/sample/1.json' } : undefined),
  };
  const running = run((manager) => hostedClusterControllers(aWorld(client, manager, { fences })));
  afterAll(() => running[Symbol.asyncDispose]());
  return { client, forbidden, ...roomOn(client) };
};
