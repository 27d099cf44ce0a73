import { annotations, MachineDeployment, MachineHealthCheck, MachineSet } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';

/** The objects of a pool that act on machines. */
export type Acting = {
  deployments: readonly MachineDeployment[];
  sets: readonly MachineSet[];
  healthChecks: readonly MachineHealthCheck[];
};

const isPaused = ({ metadata }: KubeObject): boolean => metadata.annotations?.[annotations.clusterApiPaused] === 'true';

const change = (resource: Resource, objects: readonly KubeObject[], paused: boolean): Effect[] =>
  objects
    .filter((object) => isPaused(object) !== paused)
    .map(({ metadata: { namespace, name = '' } }) => ({
      do: 'patch',
      on: 'management',
      resource,
      name: { namespace, name },
      patch: { metadata: { annotations: { [annotations.clusterApiPaused]: paused ? 'true' : null } } },
    }));

/** Pauses, or lets go on, everything of a pool that acts on machines; health checks too, which upstream forgets (G-H28). */
export const pauseMachines = ({ deployments, sets, healthChecks }: Acting, paused: boolean): Effect[] => [
  ...change(MachineDeployment, deployments, paused),
  ...change(MachineSet, sets, paused),
  ...change(MachineHealthCheck, healthChecks, paused),
];
