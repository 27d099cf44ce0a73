import type { HostedCluster, Machine, MachineDeployment, NodePool, Secret } from '@godwit/api';
import type { Release } from '../release/release.ts';
import type { ConfigSources } from './config/collect.ts';

/** A release that was read, or why it could not be. */
export type ReadRelease = { ok: true; release: Release } | { ok: false; message: string };

/** What is known of the Ignition server of the cluster: where it is and whose certificate it shows. */
export type IgnitionFacts = { endpoint: string | undefined; authority: string | undefined };

/** Everything that is read before a pool is judged. */
export type PoolFacts = {
  pool: NodePool;
  cluster: HostedCluster;
  /** Namespace of the control plane's pods. */
  namespace: string;
  release: ReadRelease;
  /** Version that the pool must not exceed: the newest that the control plane has completed, else the wanted one; undefined: unknown yet. */
  clusterVersion: string | undefined;
  config: ConfigSources;
  pullSecret: Uint8Array;
  trustBundle: string;
  ignition: IgnitionFacts;
  /** The Secrets of the pool in the namespace of the control plane. */
  secrets: readonly Secret[];
  deployment: MachineDeployment | undefined;
  machines: readonly Machine[];
  now: Date;
};
