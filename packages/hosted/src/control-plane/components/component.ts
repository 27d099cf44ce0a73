import type { Release } from '../../release/release.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { Manifest } from '../manifest.ts';

/** Further init containers of etcd, and the volumes that they mount, in the order in which they run. */
export type Additions = { initContainers: readonly object[]; volumes: readonly object[] };

/** What the components of a control plane are built from beside the control plane itself. */
export type Facts = {
  release: Release;
  /** Who makes etcd's volume writable: the kubelet by group, or a container that runs as root, for volumes that know no groups. */
  volumeOwnership: 'group' | 'root';
  /** Runs before etcd: restore and fence. */
  beforeEtcd: Additions;
  /** Why a component may not start yet although its dependencies are there; by name of the component. */
  held: ReadonlyMap<string, string>;
};

/** A part of a control plane that waits for others and reports on itself. */
export type Component = {
  /** Name of its workload, too. */
  name: string;
  kind: 'Deployment' | 'StatefulSet';
  /** Components that must be available and rolled out at the wanted version before this one is written. */
  dependsOn: readonly string[];
  /** Secrets and ConfigMaps that its processes read only when they start; a change restarts them. */
  consumes: (plane: ControlPlane) => readonly string[];
  manifests: (plane: ControlPlane, facts: Facts) => Manifest[];
};
