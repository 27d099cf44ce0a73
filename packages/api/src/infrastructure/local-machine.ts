import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { immutable } from '../rules.ts';
import { anyFields, fields, stringMap, strings, wholeList } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { infrastructureKind, initialization } from './common.ts';

const machineFields = {
  providerID: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe('Which machine it is, for instance local://hosted-1/worker-x7k2f. Omitted: not made yet.'),
};

const address = fields({
  type: z.enum(['Hostname', 'ExternalIP', 'InternalIP', 'ExternalDNS', 'InternalDNS']).describe('What the address is. Required.'),
  address: z.string().min(1).max(256).describe('The address. Required.'),
});

/** A kubelet and containerd of this host, in a network and mount namespace of their own. */
export const LocalMachine = kind(
  {
    ...infrastructureKind,
    kind: 'LocalMachine',
    description: 'A kubelet and containerd of this host, in a network and mount namespace of their own.',
    plural: 'localmachines',
    columns: [
      { name: 'ProviderID', type: 'string', jsonPath: '.spec.providerID' },
      { name: 'Provisioned', type: 'string', jsonPath: '.status.initialization.provisioned' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  },
  fields(machineFields),
  fields({
    initialization,
    addresses: wholeList(address).max(32).optional().describe('Where the machine is reached.'),
    failureDomain: z.string().max(256).optional().describe('What it may fail together with.'),
    errors: strings().optional().describe('What went wrong, in sentences. Omitted: nothing.'),
    conditions: standardConditions,
  }),
);
/** A kubelet and containerd of this host. */
export type LocalMachine = ObjectOf<typeof LocalMachine>;

const template = fields({
  metadata: fields({
    labels: stringMap().optional().describe('Labels of the machines.'),
    annotations: stringMap().optional().describe('Annotations of the machines.'),
  })
    .optional()
    .describe('What the machines are marked with.'),
  spec: fields(machineFields).describe('What the machines are like. Required.'),
});

/** What local machines are made like; changed by making another one. */
export const LocalMachineTemplate = kind(
  {
    ...infrastructureKind,
    kind: 'LocalMachineTemplate',
    description: 'What local machines are made like; changed by making another one.',
    plural: 'localmachinetemplates',
  },
  fields({ template: immutable('LocalMachineTemplate spec.template', template).describe('The machine. Required.') }),
  anyFields() as z.ZodType<Record<string, unknown>>,
);
/** What local machines are made like. */
export type LocalMachineTemplate = ObjectOf<typeof LocalMachineTemplate>;
