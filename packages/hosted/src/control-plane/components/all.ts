import type { ControlPlane } from '../control-plane.ts';
import { clusterApi } from './cluster-api.ts';
import type { Component } from './component.ts';
import { etcd } from './etcd/etcd.ts';
import { kubeApiServer } from './kube-apiserver.ts';
import { kubeControllerManager } from './kube-controller-manager.ts';
import { kubeScheduler } from './kube-scheduler.ts';

/** The components of a control plane, in the order in which they come up. Cloud controllers and operators of add-ons have their place here. */
export const componentsOf = (plane: ControlPlane): Component[] => [
  ...(plane.etcd ? [etcd] : []),
  kubeApiServer,
  kubeControllerManager,
  kubeScheduler,
  ...(plane.localInfrastructure ? [clusterApi] : []),
];
