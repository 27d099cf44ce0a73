import { z } from 'zod';
import { checked, immutable, staysOnceSet } from '../rules.ts';
import { anyFields, fields, openFields } from '../schema.ts';

/** Platforms that a hosted cluster or a pool of nodes may be on. */
export const platformType = () => immutable('Type', z.enum(['AWS', 'Azure', 'IBMCloud', 'KubeVirt', 'Agent', 'PowerVS', 'None']));

const rolesRef = openFields({
  ingressARN: z.string().optional().describe('Role of the ingress operator.'),
  imageRegistryARN: z.string().optional().describe('Role of the image registry.'),
  storageARN: z.string().optional().describe('Role of the storage driver.'),
  networkARN: z.string().optional().describe('Role of the network configuration.'),
  kubeCloudControllerARN: z.string().optional().describe('Role of the cloud controller manager.'),
  nodePoolManagementARN: z.string().optional().describe('Role that makes machines.'),
  controlPlaneOperatorARN: z.string().optional().describe('Role of the control plane operator.'),
});

const aws = openFields({
  region: z.string().max(255).describe('Region of the cluster. Required.'),
  endpointAccess: z
    .enum(['Public', 'PublicAndPrivate', 'Private'])
    .default('Public')
    .describe('From where the API is reached. Omitted: Public.'),
  rolesRef: rolesRef.optional().describe('Roles by their ARN.'),
});

const kubevirt = checked(
  openFields({
    baseDomainPassthrough: immutable('baseDomainPassthrough', z.boolean())
      .optional()
      .describe('Whether names lie below the ingress domain of the management cluster. Omitted: false.'),
    generateID: immutable('Kubevirt GenerateID', z.string().max(11)).optional().describe('Distinguishes the names of virtual machines.'),
    credentials: immutable('credentials', anyFields()).optional().describe('Cluster in which the virtual machines run. Omitted: this one.'),
    storageDriver: immutable('storageDriver', anyFields()).optional().describe('How storage classes are passed on.'),
  }),
  staysOnceSet('generateID', 'Kubevirt GenerateID is required once set'),
);

/** The platform of a hosted cluster. Blocks of clouds that are not acted on yet are kept as they are written. */
export const platform = fields({
  type: platformType().describe('The platform; it cannot change. Required.'),
  agent: fields({ agentNamespace: z.string().min(1).max(63).describe('Namespace of the Agents. Required.') })
    .optional()
    .describe('Only with type Agent.'),
  aws: aws.optional().describe('Only with type AWS.'),
  azure: anyFields().optional().describe('Only with type Azure.'),
  ibmcloud: anyFields().optional().describe('Only with type IBMCloud.'),
  kubevirt: kubevirt.optional().describe('Only with type KubeVirt.'),
  powervs: anyFields().optional().describe('Only with type PowerVS.'),
});
