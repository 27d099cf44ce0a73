export { programPath } from './binaries/program-path.ts';
export { MissingPrerequisite } from './host/prerequisites.ts';
export { buildImage } from './images/build-image.ts';
export { IMAGES, SHOP_IMAGE, TRANSFER_IMAGE } from './images/catalogue.ts';
export { type ImagePush, pushImage } from './images/push-image.ts';
export { cutPower, execInMachine, machineCommand } from './machines/enter.ts';
export { listMachines, type MachineRecord } from './machines/record.ts';
export { startMachines } from './machines/start.ts';
export { execInNode, nodeCommand } from './node/exec.ts';
export { loadImage } from './node/images.ts';
export { execInside, inNodeCommand } from './ostree/node/enter.ts';
export { installNode, type NodeOptions } from './ostree/node/install.ts';
export { bootNode, interruptNode, powerOffNode, rebootNode, removeNode, untilBoot, untilStarted } from './ostree/node/life.ts';
export { nodeData, nodeKubeconfigPath, nodeSysroot, staterootOf } from './ostree/node/names.ts';
export { isNodeOn, readReport as readNodeReport } from './ostree/node/power.ts';
export { listNodes, type NodeRecord, requireNode } from './ostree/node/record.ts';
export { type BuiltRelease, buildRelease } from './ostree/tree/build.ts';
export type { Release } from './ostree/tree/release.ts';
export { type Progress, silent, step, toStandardError } from './progress.ts';
export { releaseImage } from './release/manifests.ts';
export { RELEASES } from './release/payload.ts';
export { pushReleases } from './release/push.ts';
export { REGISTRY_NAME } from './services/ports.ts';
export { killComponent, pauseComponent, resumeComponent, startComponent, stopComponent } from './sets/components.ts';
export { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './sets/control-planes.ts';
export { type LocalObjectStore, startObjectStore } from './sets/object-stores.ts';
export { type SetOptions, setKubeconfigPath, startSet } from './sets/start.ts';
export {
  type ClusterState,
  type Component,
  type DnsState,
  type NodeState,
  type ObjectStoreState,
  readState as describeSet,
  type SetState,
} from './sets/state.ts';
export { stopSet } from './sets/stop.ts';
