import { Deployment, PodDisruptionBudget } from '@godwit/api';
import type { ControlPlane } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import { type PodParts, podTemplate, selectorOf } from './pod.ts';

/**
 * How a lone replica is replaced. Two processes that would both act, for want of an election, must never overlap;
 * the API server may, and so is never away.
 */
export type Replacement = 'overlap' | 'one-at-a-time';

const strategyOf = (plane: ControlPlane, replacement: Replacement) =>
  replacement === 'one-at-a-time' && !plane.highlyAvailable
    ? { type: 'Recreate' }
    : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };

/** Replicas of everything but etcd. */
export const replicasOf = ({ highlyAvailable }: ControlPlane): number => (highlyAvailable ? 2 : 1);

/** Whether processes of a component must elect one that acts. Without it a restart, and a move, need not wait for an old lease to end. */
export const elects = ({ highlyAvailable }: ControlPlane): boolean => highlyAvailable;

const budgetOf = (plane: ControlPlane, component: string): Manifest =>
  manifestOf(
    plane,
    PodDisruptionBudget,
    { component, name: component },
    { spec: { minAvailable: 1, selector: { matchLabels: selectorOf(component) } } },
  );

/** The Deployment of a component, and its disruption budget when it has a second replica. */
export const deploymentOf = (plane: ControlPlane, replacement: Replacement, parts: PodParts): Manifest[] => {
  const { component } = parts;
  const deployment = manifestOf(
    plane,
    Deployment,
    { component, name: component, metadata: { labels: { ...plane.labels, ...selectorOf(component) } } },
    {
      spec: {
        replicas: replicasOf(plane),
        revisionHistoryLimit: 2,
        strategy: strategyOf(plane, replacement),
        selector: { matchLabels: selectorOf(component) },
        template: podTemplate(plane, parts),
      },
    },
  );
  return [deployment, ...(plane.highlyAvailable ? [budgetOf(plane, component)] : [])];
};
