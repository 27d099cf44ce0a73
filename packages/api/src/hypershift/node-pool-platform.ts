import { z } from 'zod';
import { labelSelector } from '../references.ts';
import { anyFields, fields, openFields } from '../schema.ts';
import { platformType } from './platform.ts';

const kubevirt = openFields({
  attachDefaultNetwork: z.boolean().default(true).describe('Whether machines are on the pod network. Omitted: true.'),
  additionalNetworks: z.array(anyFields()).max(20).optional().describe('Further networks of the machines.'),
  hostDevices: z.array(anyFields()).max(10).optional().describe('Devices that are passed through to the machines.'),
});

/** The platform of a pool of nodes. Blocks of clouds that are not acted on yet are kept as they are written. */
export const nodePoolPlatform = fields({
  type: platformType().describe('The platform; it cannot change. Required.'),
  agent: fields({ agentLabelSelector: labelSelector.optional().describe('Labels of the Agents to take. Omitted: any.') })
    .optional()
    .describe('Only with type Agent.'),
  aws: anyFields().optional().describe('Only with type AWS.'),
  azure: anyFields().optional().describe('Only with type Azure.'),
  ibmcloud: anyFields().optional().describe('Only with type IBMCloud.'),
  kubevirt: kubevirt.optional().describe('Only with type KubeVirt.'),
  powervs: anyFields().optional().describe('Only with type PowerVS.'),
});
