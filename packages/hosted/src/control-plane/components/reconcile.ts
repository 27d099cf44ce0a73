import { annotations, Deployment, StatefulSet } from '@godwit/api';
import type { ControlPlane } from '../control-plane.ts';
import type { Manifest } from '../manifest.ts';
import type { Seen } from '../observe.ts';
import { type ComponentState, failed, heldBack, missingOf, type Workload, waiting, workloadState } from '../status/component-status.ts';
import { componentsOf } from './all.ts';
import type { Component, Facts } from './component.ts';
import { withConfigHash } from './config-hash.ts';
import { type ConfigData, consumedOf } from './consumed.ts';
import { PayloadError } from './pod.ts';

/** One component after a round: how it is doing, and what is to be written for it. */
export type ComponentRound = { component: Component; state: ComponentState; manifests: readonly Manifest[] };

const workloadOf = ({ name, kind }: Component, seen: Pick<Seen, 'deployment' | 'statefulSet'>): Workload | undefined =>
  kind === 'Deployment' ? seen.deployment(name) : seen.statefulSet(name);

const isWorkload = ({ resource }: Manifest): boolean => resource === Deployment || resource === StatefulSet;

const withVersion = (manifest: Manifest, version: string): Manifest => {
  if (!isWorkload(manifest)) return manifest;
  const { metadata } = manifest.object;
  return {
    ...manifest,
    object: {
      ...manifest.object,
      metadata: { ...metadata, annotations: { ...metadata.annotations, [annotations.releaseVersion]: version } },
    },
  };
};

const build = (component: Component, plane: ControlPlane, facts: Facts, data: ConfigData): Manifest[] =>
  withConfigHash(component.manifests(plane, facts), [plane.restartDate, ...consumedOf(component.consumes(plane), data)]).map((manifest) =>
    withVersion(manifest, facts.release.version),
  );

/** How every component is doing that can only be looked at: nothing is known of what it should become. Pure. */
export const standing = (plane: ControlPlane, seen: Pick<Seen, 'deployment' | 'statefulSet'>): ComponentRound[] =>
  componentsOf(plane).map((component) => ({ component, state: workloadState(component, workloadOf(component, seen)), manifests: [] }));

/**
 * Decides for every component, in their order, whether it waits or is written, and how it is doing. One that runs already goes on
 * running while it waits for others: only its next version is held back. Pure.
 */
export const roundOf = (
  plane: ControlPlane,
  facts: Facts,
  data: ConfigData,
  seen: Pick<Seen, 'deployment' | 'statefulSet'>,
): ComponentRound[] => {
  const states = new Map<string, ComponentState>();
  const { version } = facts.release;
  const judge = (component: Component): ComponentRound => {
    const workload = workloadOf(component, seen);
    const missing = missingOf(component, states, version);
    const holding = facts.held.get(component.name);
    const seenState = workloadState(component, workload);
    if (missing.length > 0 || holding !== undefined) {
      const held = holding === undefined ? waiting(component, missing, states, version) : heldBack(component, holding);
      const state = workload === undefined ? held : seenState.version === version ? seenState : { ...seenState, rolledOut: held.rolledOut };
      return { component, state, manifests: [] };
    }
    try {
      return { component, state: seenState, manifests: build(component, plane, facts, data) };
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error;
      return { component, state: failed(component, error.message), manifests: [] };
    }
  };
  return componentsOf(plane).map((component) => {
    const round = judge(component);
    states.set(component.name, round.state);
    return round;
  });
};
