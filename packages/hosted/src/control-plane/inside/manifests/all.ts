import type { ControlPlane } from '../../control-plane.ts';
import type { Manifest } from '../../manifest.ts';
import { accessOfNodes } from './access.ts';
import { coreDns } from './coredns.ts';
import type { InsideFacts } from './inside.ts';
import { konnectivityAgent } from './konnectivity-agent.ts';
import { kubeProxy } from './kube-proxy.ts';

/** Everything that a hosted cluster needs inside of itself before a node can do work. Further add-ons have their place here. */
export const insideManifests = (plane: ControlPlane, facts: InsideFacts): Manifest[] => [
  ...accessOfNodes(),
  ...konnectivityAgent(facts),
  ...kubeProxy(plane, facts),
  ...coreDns(plane, facts),
];
