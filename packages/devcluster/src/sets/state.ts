import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../host/lock.ts';
import type { Daemon } from '../processes/daemon.ts';
import type { ProcessIdentity } from '../processes/identity.ts';
import { setFolder, setLock } from './folders.ts';

/** A program of a set: enough to end it and to start it again with the same arguments. `cluster` is absent for what all clusters share. */
export type Component = Daemon & { name: string; cluster?: string | undefined; process?: ProcessIdentity | undefined };

/** Where the node of a cluster lives on the host. */
export type NodeState = {
  name: string;
  address: string;
  networkNamespace: string;
  cgroup: string;
  podSubnet: string;
  /** First and last address that services of type LoadBalancer may get. */
  loadBalancerRange: readonly [string, string];
};

/** One cluster of a set; `node` is absent when it is a control plane only. `etcd` is the URL of its store. */
export type ClusterState = { name: string; server: string; kubeconfigPath: string; etcd: string; node?: NodeState | undefined };

/** The object store of a set: S3 over TLS, signed by the set's authority. */
export type ObjectStoreState = { endpoint: string; bucket: string; accessKey: string; secretKey: string };

/** The name server of a set: its address (port 53), the zone that may be updated, and the file with the key for it, as `nsupdate -k` reads it. */
export type DnsState = { server: string; zone: string; keyFile: string };

/** Everything that is known of a set; the file is readable by its owner only, since it holds keys. */
export type SetState = {
  version: 1;
  id: string;
  /** The process whose end makes this set a leftover; absent: the set stays until it is told to go. */
  owner?: ProcessIdentity | undefined;
  /** N of the set's 10.N.0.0/16; absent when it has no nodes. */
  subnet?: number | undefined;
  /** PEM file of the authority behind the registry and the object store. */
  authorityPath?: string | undefined;
  objectStore?: ObjectStoreState | undefined;
  /** Host and port of the registry, as in image names. */
  registry?: string | undefined;
  /** Present when the set was started with the parts for hosted control planes. */
  dns?: DnsState | undefined;
  /** Whether `up` came to its end. */
  complete: boolean;
  clusters: ClusterState[];
  components: Component[];
};

const statePath = (id: string): string => join(setFolder(id), 'state.json');

/** Reads what is known of a set; undefined when there is none. */
export const readState = (id: string): SetState | undefined =>
  existsSync(statePath(id)) ? (JSON.parse(readFileSync(statePath(id), 'utf8')) as SetState) : undefined;

/** Reads a set that must exist. */
export const requireState = (id: string): SetState => {
  const state = readState(id);
  if (!state) throw new Error(`There is no set of clusters ${JSON.stringify(id)}. Start it: godwit-dev up --set ${id}`);
  return state;
};

/** Finds a cluster that must exist in the set. */
export const requireCluster = (state: SetState, name: string): ClusterState => {
  const cluster = state.clusters.find((each) => each.name === name);
  if (!cluster)
    throw new Error(
      `Set ${state.id} has no cluster ${JSON.stringify(name)}; it has ${state.clusters.map((each) => each.name).join(', ') || 'none'}`,
    );
  return cluster;
};

/** Writes the state whole and at once: a reader sees the old file or the new one. */
export const writeState = (state: SetState): void => {
  mkdirSync(setFolder(state.id), { recursive: true, mode: 0o755 });
  const draft = `${statePath(state.id)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, statePath(state.id));
};

/** Changes the recorded state while nobody else does. */
export const changeState = (id: string, change: (state: SetState) => SetState): Promise<SetState> =>
  withLock(setLock(id), async () => {
    const next = change(requireState(id));
    writeState(next);
    return next;
  });
