import type { Cache, Clock, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { ObjectStore, StoreAccess } from '@godwit/objectstore';
import type { DnsZone } from './dns/zone.ts';
import type { Fences } from './hosted-cluster/fences.ts';
import type { Releases } from './release/release.ts';

/** Settings of the controllers, from the operator's flags. */
export type Settings = {
  /** Namespace of the operator and of `supported-versions`; default hypershift. */
  namespace: string;
  /** How this management cluster is called in DNS ownership records and in `mgmt-parent-cluster`. */
  managementCluster: string;
  /** Ends of the supported versions, inclusive; default 4.14.0 to 5.1.0. */
  versions: { minimum: string; latest: string };
  /** Version of this operator, as `supported-versions` shows it. */
  serverVersion: string;
  /** Where this process serves Ignition payloads; undefined: it does not, and pools say so. */
  ignition: { address: string; port: number } | undefined;
};

/** Clients of hosted clusters, kept open and renewed when the address or the credentials change. */
export type HostedClients = {
  /** Resolves to undefined while the control plane has no kubeconfig or no address yet; never goes through DNS. */
  of(controlPlane: { namespace: string; name: string }): Promise<Client | undefined>;
};

/** Everything that the controllers of hosted clusters may touch. */
export type World = {
  clock: Clock;
  log: Log;
  cache: Cache;
  /** The cluster whose pods are the control planes. */
  management: Client;
  settings: Settings;
  releases: Releases;
  hosted: HostedClients;
  /** The zone that this management cluster may write; undefined: names are published by somebody else. */
  dns: DnsZone | undefined;
  openStore: (access: StoreAccess) => ObjectStore;
  /** Random lower-case letters and digits. */
  randomName: (length: number) => string;
  /** A random UUID. */
  randomUuid: () => string;
  /** Which clusters run elsewhere. */
  fences: Fences;
};
