/** Names an object of a kind of Cluster API in the same namespace; the version comes from the labels of its definition. */
export type ContractReference = { apiGroup: string; kind: string; name: string };

/** A condition as Cluster API writes it. */
export type ClusterApiCondition = {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message?: string;
  lastTransitionTime: string;
  observedGeneration?: number;
};

/** Labels and annotations that objects made from a template get. */
export type TemplateMetadata = { labels?: Record<string, string>; annotations?: Record<string, string> };

/** Chooses by labels. */
export type Selector = {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
};

/** What a Machine is to be. */
export type MachineSpec = {
  clusterName: string;
  bootstrap: { dataSecretName?: string; configRef?: ContractReference };
  infrastructureRef: ContractReference;
  version?: string;
  providerID?: string;
  failureDomain?: string;
  minReadySeconds?: number;
  deletion?: { nodeDrainTimeoutSeconds?: number; nodeVolumeDetachTimeoutSeconds?: number; nodeDeletionTimeoutSeconds?: number };
};

/** What machines are made like. */
export type MachineTemplate = { metadata?: TemplateMetadata; spec: MachineSpec };

/** How many machines a set has. */
export type ReplicaStatus = {
  observedGeneration?: number;
  selector?: string;
  replicas?: number;
  readyReplicas?: number;
  availableReplicas?: number;
  upToDateReplicas?: number;
  phase?: string;
  conditions?: ClusterApiCondition[];
};
