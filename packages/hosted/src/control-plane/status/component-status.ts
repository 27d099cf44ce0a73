import { annotations, type Deployment, type StatefulSet } from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';
import type { Component } from '../components/component.ts';

/** A component's workload as far as it is there. */
export type Workload = Deployment | StatefulSet;

/** How a component is doing: the claims of its ControlPlaneComponent, and the version that its workload has been written at. */
export type ComponentState = {
  name: string;
  available: StandardClaim;
  rolledOut: StandardClaim;
  version: string | undefined;
};

const claim = (type: 'Available' | 'RolloutComplete', status: boolean, reason: string, message: string): StandardClaim => ({
  type,
  status: status ? 'True' : 'False',
  reason,
  message,
});

/** Whether a component serves at a version, and runs nothing else any more. */
const isDone = (state: ComponentState | undefined, version: string): boolean =>
  state?.available.status === 'True' && state.rolledOut.status === 'True' && state.version === version;

/** The dependencies of a component that are not there yet at the wanted version. */
export const missingOf = (component: Component, states: ReadonlyMap<string, ComponentState>, version: string): string[] =>
  component.dependsOn.filter((name) => states.has(name) && !isDone(states.get(name), version));

const whyNot = (state: ComponentState | undefined): string => {
  if (state === undefined) return 'not there';
  if (state.available.status !== 'True') return `not available: ${state.available.reason}`;
  return state.rolledOut.status === 'True' ? `at version ${state.version ?? 'unknown'}` : 'not rolled out';
};

/** A component that is not written yet, because others are not there. Names each with the version that is waited for. */
export const waiting = (
  component: Component,
  missing: readonly string[],
  states: ReadonlyMap<string, ComponentState>,
  version: string,
): ComponentState => {
  const named = missing.map((name) => `${name} at version ${version} (${whyNot(states.get(name))})`).join(', ');
  const message = `Waiting for Dependencies: ${named}`;
  return {
    name: component.name,
    available: claim('Available', false, 'WaitingForDependencies', message),
    rolledOut: claim('RolloutComplete', false, 'WaitingForDependencies', message),
    version: undefined,
  };
};

/** A component that may not start yet for another reason than its dependencies. */
export const heldBack = (component: Component, message: string): ComponentState => ({
  name: component.name,
  available: claim('Available', false, 'WaitingForOperands', message),
  rolledOut: claim('RolloutComplete', false, 'WaitingForOperands', message),
  version: undefined,
});

/** A component that could not be built or written. */
export const failed = (component: Component, message: string): ComponentState => ({
  name: component.name,
  available: claim('Available', false, 'ReconciliationError', message),
  rolledOut: claim('RolloutComplete', false, 'ReconciliationError', message),
  version: undefined,
});

type Counts = { wanted: number; ready: number; updated: number; total: number; observed: boolean };

const countsOf = ({ metadata, spec, status }: Workload): Counts => ({
  wanted: spec?.replicas ?? 1,
  ready: status?.readyReplicas ?? 0,
  updated: status?.updatedReplicas ?? 0,
  total: status?.replicas ?? 0,
  observed: (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0),
});

/** Replicas that must be ready for a component to serve: of a StatefulSet, whose members vote, the majority; else one. */
const quorum = (kind: Component['kind'], wanted: number): number => (kind === 'StatefulSet' ? Math.floor(wanted / 2) + 1 : 1);

/** How a written component is doing, from its workload; undefined: it has been written, but is not seen yet. */
export const workloadState = (component: Pick<Component, 'name' | 'kind'>, workload: Workload | undefined): ComponentState => {
  const { name, kind } = component;
  const what = `${kind} ${name}`;
  if (workload === undefined) {
    const message = `${what} is not there yet`;
    return {
      name,
      available: claim('Available', false, 'NotFound', message),
      rolledOut: claim('RolloutComplete', false, 'NotFound', message),
      version: undefined,
    };
  }
  const { wanted, ready, updated, total, observed } = countsOf(workload);
  const enough = ready >= Math.max(1, quorum(kind, wanted));
  const done = observed && wanted > 0 && updated === wanted && total === wanted && ready === wanted;
  return {
    name,
    available: enough
      ? claim('Available', true, 'AsExpected', `${what} has ${ready} of ${wanted} replicas ready`)
      : claim('Available', false, 'WaitingForOperands', `${what} has ${ready} of ${wanted} replicas ready`),
    rolledOut: done
      ? claim('RolloutComplete', true, 'AsExpected', `${what} is rolled out`)
      : claim('RolloutComplete', false, 'WaitingForOperands', `${what} has ${updated} of ${wanted} replicas updated, ${ready} ready`),
    version: workload.metadata.annotations?.[annotations.releaseVersion],
  };
};
