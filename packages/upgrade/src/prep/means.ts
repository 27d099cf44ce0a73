import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HostDriver } from '../host/driver.ts';
import { type Run, runHere } from '../host/run.ts';
import { containerdRuntime } from '../precache/containerd.ts';
import type { ImageRuntime } from '../precache/runtime.ts';
import type { RegistryAccess } from '../seed/access.ts';
import type { RetainedFile } from '../stateroot/world.ts';

/** With what a release is prepared, beside the host itself. */
export type PrepMeans = {
  /** Programs of the agent: skopeo, tar. */
  readonly run: Run;
  /** How registries are reached with the credentials of the node. */
  readonly access: (host: HostDriver) => RegistryAccess;
  /** Where images are brought to. */
  readonly runtime: (access: RegistryAccess) => ImageRuntime;
  /** What the next release keeps of this cluster. */
  readonly retained: readonly RetainedFile[];
};

const PLACES = {
  credentials: 'var/lib/kubelet/config.json',
  certificates: 'etc/pki/godwit',
  signatures: 'etc/containers/policy.json',
  keys: 'var/lib/kubernetes/pki',
} as const;

const there = <Name extends string>(name: Name, path: string): Partial<Record<Name, string>> =>
  (existsSync(path) ? { [name]: path } : {}) as Partial<Record<Name, string>>;

/** How a node reaches registries: with the credentials of its kubelet, its authorities, and its rules for signatures, where it has them. */
export const accessOfNode = ({ root }: Pick<HostDriver, 'root'>): RegistryAccess => ({
  ...there('authFile', join(root || '/', PLACES.credentials)),
  ...there('certificates', join(root || '/', PLACES.certificates)),
  ...there('signaturePolicy', join(root || '/', PLACES.signatures)),
});

/** The means of a node of ours: skopeo, containerd, and keys by which clients go on trusting the cluster. */
export const nodeMeans: PrepMeans = {
  run: runHere,
  access: accessOfNode,
  runtime: (access) => containerdRuntime({ access }),
  retained: ['ca.crt', 'ca.key', 'sa.key', 'sa.pub'].map((name) => ({ name, from: `${PLACES.keys}/${name}` })),
};
