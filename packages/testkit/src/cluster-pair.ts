import { type ControlPlane, startControlPlane } from '@godwit/devcluster';
import type { Client } from '@godwit/kube';
import { afterAll } from 'vitest';
import { clientFor } from './client-for.ts';
import { installCrds } from './install-crds.ts';

/** Two API servers that know nothing of each other, with all our definitions: the host, which is the target too, and the source. */
export type ClusterPair = {
  host: Client;
  source: Client;
  /** For kubeconfigs, and for stopping and starting components. */
  controlPlanes: { host: ControlPlane; source: ControlPlane };
};

/**
 * Starts two isolated API servers for the calling test file; they end with it. Call it at the top level of the file.
 * `controllers`: with kube-controller-manager (garbage collection, service accounts, namespace deletion); default false.
 */
export const clusterPair = async ({ controllers = false }: { controllers?: boolean } = {}): Promise<ClusterPair> => {
  const host = await startControlPlane({ name: 'host', controllers });
  afterAll(host.stop);
  const source = await host.another({ name: 'source', controllers });
  const pair = { host: clientFor(host.kubeconfigPath), source: clientFor(source.kubeconfigPath) };
  await Promise.all([installCrds(pair.host), installCrds(pair.source)]);
  return { ...pair, controlPlanes: { host, source } };
};
