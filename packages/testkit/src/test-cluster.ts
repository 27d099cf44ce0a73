import { randomBytes } from 'node:crypto';
import { Namespace } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { inject } from 'vitest';
import { clientFor } from './client-for.ts';

let shared: Client | undefined;

/** The control plane of this test run; all files share it, so use a namespace of your own. */
export const testCluster = (): Client => {
  shared ??= clientFor(inject('kubeconfig'));
  return shared;
};

/** Creates a namespace that nobody else uses, by default on the control plane of the run, and returns its name. */
export const freshNamespace = async (client: Client = testCluster(), prefix = 'test'): Promise<string> => {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`;
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return name;
};
