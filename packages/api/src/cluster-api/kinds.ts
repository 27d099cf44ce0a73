import { inGroup } from '../core/resource.ts';
import type { ObjectOf } from '../kind.ts';
import type { ClusterApiCondition, ContractReference, MachineSpec, MachineTemplate, ReplicaStatus, Selector } from './common.ts';

/** The fields of a Cluster that are read or written here. */
export type ClusterFields = {
  spec: {
    paused?: boolean;
    clusterNetwork?: {
      apiServerPort?: number;
      services?: { cidrBlocks: string[] };
      pods?: { cidrBlocks: string[] };
      serviceDomain?: string;
    };
    controlPlaneEndpoint?: { host?: string; port?: number };
    controlPlaneRef?: ContractReference;
    infrastructureRef?: ContractReference;
  };
  status?: {
    observedGeneration?: number;
    phase?: string;
    initialization?: { infrastructureProvisioned?: boolean; controlPlaneInitialized?: boolean };
    conditions?: ClusterApiCondition[];
  };
};

/** The fields of a Machine that are read or written here. */
export type MachineFields = {
  spec: MachineSpec;
  status?: {
    observedGeneration?: number;
    phase?: string;
    nodeRef?: { name: string };
    nodeInfo?: { kubeletVersion?: string; [field: string]: unknown };
    addresses?: { type: string; address: string }[];
    initialization?: { infrastructureProvisioned?: boolean; bootstrapDataSecretCreated?: boolean };
    conditions?: ClusterApiCondition[];
    lastUpdated?: string;
  };
};

/** The fields of a MachineSet that are read or written here. */
export type MachineSetFields = {
  spec: {
    clusterName: string;
    replicas?: number;
    selector: Selector;
    template: MachineTemplate;
    deletion?: { order?: 'Random' | 'Newest' | 'Oldest' };
    machineNaming?: { template?: string };
  };
  status?: ReplicaStatus;
};

/** The fields of a MachineDeployment that are read or written here. */
export type MachineDeploymentFields = {
  spec: {
    clusterName: string;
    replicas?: number;
    paused?: boolean;
    selector: Selector;
    template: MachineTemplate;
    rollout?: {
      after?: string;
      strategy?: {
        type: 'RollingUpdate' | 'OnDelete';
        rollingUpdate?: { maxSurge?: number | string; maxUnavailable?: number | string };
      };
    };
    remediation?: { maxInFlight?: number | string };
    deletion?: { order?: 'Random' | 'Newest' | 'Oldest' };
    machineNaming?: { template?: string };
  };
  status?: ReplicaStatus;
};

/** The fields of a MachineHealthCheck that are read or written here. */
export type MachineHealthCheckFields = {
  spec: {
    clusterName: string;
    selector: Selector;
    checks?: {
      nodeStartupTimeoutSeconds?: number;
      unhealthyNodeConditions?: { type: string; status: 'True' | 'False' | 'Unknown'; timeoutSeconds: number }[];
    };
    remediation?: {
      triggerIf?: { unhealthyLessThanOrEqualTo?: number | string; unhealthyInRange?: string };
      templateRef?: { apiVersion: string; kind: string; name: string };
    };
  };
  status?: {
    observedGeneration?: number;
    expectedMachines?: number;
    currentHealthy?: number;
    remediationsAllowed?: number;
    targets?: string[];
    conditions?: ClusterApiCondition[];
  };
};

const clusterApi = inGroup('cluster.x-k8s.io', 'v1beta2');

/** A cluster as Cluster API knows it. */
export const Cluster = clusterApi.namespaced<ClusterFields>('Cluster', 'clusters');
/** A cluster as Cluster API knows it. */
export type Cluster = ObjectOf<typeof Cluster>;

/** A machine that is or becomes a node. */
export const Machine = clusterApi.namespaced<MachineFields>('Machine', 'machines');
/** A machine that is or becomes a node. */
export type Machine = ObjectOf<typeof Machine>;

/** Machines that are alike. */
export const MachineSet = clusterApi.namespaced<MachineSetFields>('MachineSet', 'machinesets');
/** Machines that are alike. */
export type MachineSet = ObjectOf<typeof MachineSet>;

/** Machines that are alike and are renewed one after the other. */
export const MachineDeployment = clusterApi.namespaced<MachineDeploymentFields>('MachineDeployment', 'machinedeployments');
/** Machines that are alike and are renewed one after the other. */
export type MachineDeployment = ObjectOf<typeof MachineDeployment>;

/** Replaces machines that are not healthy. */
export const MachineHealthCheck = clusterApi.namespaced<MachineHealthCheckFields>('MachineHealthCheck', 'machinehealthchecks');
/** Replaces machines that are not healthy. */
export type MachineHealthCheck = ObjectOf<typeof MachineHealthCheck>;
