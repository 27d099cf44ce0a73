export { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './sets/control-planes.ts';
export { killComponent, pauseComponent, resumeComponent, startComponent, stopComponent } from './sets/components.ts';
export { type ClusterState, type Component, type NodeState, type ObjectStoreState, type SetState } from './sets/state.ts';
export { stopSet } from './sets/stop.ts';
