import { LocalMachineTemplate, type Machine, MachineDeployment, MachineHealthCheck, Secret } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';

/** What is left of a pool that goes. */
export type Remains = {
  deployments: readonly MachineDeployment[];
  healthChecks: readonly MachineHealthCheck[];
  templates: readonly LocalMachineTemplate[];
  machines: readonly Machine[];
  secrets: readonly Secret[];
};

/** What is done next; `waiting` names what must go by itself first, undefined: nothing is left. */
export type Deletion = { effects: readonly Effect[]; waiting: string | undefined };

const removal =
  (resource: Resource) =>
  ({ metadata: { namespace, name = '', uid } }: KubeObject): Effect => ({
    do: 'delete',
    on: 'management',
    resource,
    name: { namespace, name },
    ...(uid === undefined ? {} : { uid }),
  });

/** Takes a pool apart: what makes machines first, then nothing while a Machine is left, then its Secrets. */
export const takeApart = ({ deployments, healthChecks, templates, machines, secrets }: Remains): Deletion => {
  if (deployments.length > 0 || machines.length > 0) {
    const names = machines.map(({ metadata }) => metadata.name).join(', ');
    return {
      effects: [...deployments.map(removal(MachineDeployment)), ...healthChecks.map(removal(MachineHealthCheck))],
      waiting: machines.length === 0 ? 'its MachineDeployment' : `its Machines ${names}`,
    };
  }
  return { effects: [...templates.map(removal(LocalMachineTemplate)), ...secrets.map(removal(Secret))], waiting: undefined };
};
