import { ControlPlaneComponent } from '@godwit/api';
import { type StandardCondition, statusPatch, timeOf, withCondition } from '@godwit/controller';
import type { World } from '../../world.ts';
import type { ComponentRound } from '../components/reconcile.ts';
import type { ControlPlane } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import type { ComponentState } from './component-status.ts';

type Status = NonNullable<ControlPlaneComponent['status']>;

/** The object under which a component reports. */
export const reportObject = (plane: ControlPlane, { component: { name } }: Pick<ComponentRound, 'component'>): Manifest =>
  manifestOf(plane, ControlPlaneComponent, { component: name, name }, { spec: {} });

/** Conditions of a component after a round. */
const reportedConditions = (before: readonly StandardCondition[], state: ComponentState, now: Date): StandardCondition[] =>
  [state.available, state.rolledOut].reduce((list, claim) => withCondition(list, claim, timeOf(now)), [...before]);

const resourcesOf = (manifests: readonly Manifest[]) =>
  manifests.map(({ resource: { kind, group }, object }) => ({ kind, group, name: object.metadata.name ?? '' }));

const statusAfter = (before: Partial<Status>, { state, manifests }: ComponentRound, generation: number, now: Date): Status => ({
  ...before,
  ...(state.rolledOut.status === 'True' && state.version !== undefined ? { version: state.version } : {}),
  ...(manifests.length > 0 ? { resources: resourcesOf(manifests) } : {}),
  observedGeneration: generation,
  conditions: reportedConditions(before.conditions ?? [], state, now),
});

/** Writes how every component is doing; their objects must be there. */
export const reportComponents = async (world: World, { namespace }: ControlPlane, rounds: readonly ComponentRound[]): Promise<void> => {
  const reader = await world.cache(world.management, ControlPlaneComponent, { namespace });
  await Promise.all(
    rounds.map(async (round) => {
      const name = { namespace, name: round.component.name };
      const seen = reader.get(name) ?? (await world.management.get(ControlPlaneComponent, name));
      if (seen === undefined) return;
      const before: Partial<Status> = seen.status ?? {};
      const patch = statusPatch(before, statusAfter(before, round, seen.metadata.generation ?? 1, world.clock.now()));
      if (patch) await world.management.patch(ControlPlaneComponent, name, { status: patch }, { subresource: 'status' });
    }),
  );
};
