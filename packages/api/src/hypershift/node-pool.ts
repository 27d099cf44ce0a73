import { z } from 'zod';
import { earlierNodePool } from '../hypershift-v1alpha1/schemas.ts';
import { kind, type ObjectOf } from '../kind.ts';
import { checked, immutable, staysOnceSet } from '../rules.ts';
import { anyFields, duration, fields, int32, listBy, time, wholeList } from '../schema.ts';
import { conditionColumn, hypershiftKind, labelMap, messageColumn, pausedUntil, reference, release } from './common.ts';
import { management } from './node-pool-management.ts';
import { nodePoolPlatform } from './node-pool-platform.ts';

const QUALIFIED_NAME =
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$';

const taint = fields({
  key: checked(z.string().max(253), {
    rule: `self.matches('${QUALIFIED_NAME}')`,
    message: 'key must be a qualified name with an optional subdomain prefix e.g. example.com/MyName',
  }).describe('Key of the taint. Required.'),
  value: z
    .string()
    .max(253)
    .regex(/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/)
    .optional()
    .describe('Value of the taint. Omitted: empty.'),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).describe('What it does to pods that do not tolerate it. Required.'),
});

const autoScaling = checked(
  fields({
    min: int32().min(0).describe('Fewest nodes. Required.'),
    max: int32().min(1).describe('Most nodes. Required.'),
  }),
  { rule: 'self.max >= self.min', message: 'max must be equal or greater than min' },
);

const spec = checked(
  fields({
    clusterName: immutable(
      'ClusterName',
      z
        .string()
        .min(1)
        .max(253)
        .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/),
    ).describe('Name of the HostedCluster, in the same namespace. Required.'),
    release: release().describe('The release of the nodes; not newer than that of the cluster. Required.'),
    platform: nodePoolPlatform.describe('Where the nodes are. Required.'),
    replicas: int32().optional().describe('How many nodes. Omitted: 0, unless autoScaling is set.'),
    autoScaling: autoScaling.optional().describe('Bounds between which the number of nodes follows the load. Not together with replicas.'),
    management: management.describe('How nodes are renewed and repaired. Required.'),
    config: wholeList(reference())
      .max(10)
      .optional()
      .describe('ConfigMaps with key `config`: MachineConfigs, KubeletConfigs and the like for these nodes. Omitted: none.'),
    tuningConfig: wholeList(reference())
      .max(10)
      .optional()
      .describe('ConfigMaps with key `tuning`: Tuned and PerformanceProfile. Omitted: none.'),
    nodeDrainTimeout: duration().optional().describe('How long draining a node may take, for instance 10m. Omitted or 0s: no limit.'),
    nodeVolumeDetachTimeout: duration().optional().describe('How long detaching volumes may take. Omitted or 0s: no limit.'),
    nodeLabels: labelMap(50).optional().describe('Labels that nodes get when they are created.'),
    taints: wholeList(taint).max(50).optional().describe('Taints that nodes get when they are created.'),
    pausedUntil: pausedUntil(1).optional().describe('Until when reconciling rests: a date in RFC 3339, or true. Omitted: it does not.'),
    arch: immutable('Arch', z.enum(['arm64', 'amd64', 'ppc64le', 's390x']))
      .default('amd64')
      .describe('Architecture of the nodes. Omitted: amd64.'),
    osImageStream: anyFields().optional().describe('Which stream of operating systems. Kept, not acted on.'),
  }),
  { rule: '!has(self.replicas) || !has(self.autoScaling)', message: 'Both replicas or autoScaling should not be set' },
  {
    rule: "!has(self.autoScaling) || self.autoScaling.min > 0 || self.platform.type in ['AWS', 'Azure']",
    message: 'Scale-from-zero (autoScaling.min=0) is currently only supported for AWS and Azure platforms',
  },
  staysOnceSet('arch', 'Arch is required once set'),
  {
    rule: "self.arch != 'arm64' || self.platform.type in ['AWS', 'Azure', 'Agent', 'None']",
    message: 'Setting Arch to arm64 is only supported for AWS, Azure, Agent, GCP and None',
  },
  { rule: "self.arch != 's390x' || self.platform.type == 'KubeVirt'", message: 'Setting Arch to s390x is only supported for KubeVirt' },
);

const condition = fields({
  type: z.string().describe('What the condition is about. Required.'),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds. Required.'),
  severity: z.string().optional().describe('Error, Warning or Info. Omitted: Error when it does not hold.'),
  lastTransitionTime: time().describe('When the status last changed. Required.'),
  reason: z.string().optional().describe('One CamelCase word that says why.'),
  message: z.string().optional().describe('A sentence for people.'),
  observedGeneration: z.int().optional().describe('The generation of the pool for which the condition was computed.'),
});
/** One condition of a pool of nodes. */
export type NodePoolCondition = z.infer<typeof condition>;

const nodeVersion = fields({
  ocpVersion: z.string().describe('Version of the release. Required.'),
  kubeletVersion: z.string().describe('Version of the kubelet. Required.'),
  readyNodeCount: int32().optional().describe('Nodes of these versions that are ready. Omitted: 0.'),
  unreadyNodeCount: int32().optional().describe('Nodes of these versions that are not. Omitted: 0.'),
});

const status = fields({
  replicas: int32().optional().describe('How many nodes there are.'),
  version: z.string().optional().describe('Version of the release that all nodes have.'),
  nodesInfo: fields({ nodeVersions: z.array(nodeVersion).optional().describe('How many nodes have which versions.') })
    .optional()
    .describe('What the nodes say of themselves.'),
  platform: anyFields().optional().describe('What only one platform has.'),
  osImageStream: anyFields().optional().describe('Which stream of operating systems the nodes have.'),
  conditions: listBy(['type'], condition).optional().describe('What holds at the moment, one entry per type.'),
});

/** Nodes of a hosted cluster that are alike. */
export const NodePool = kind(
  {
    ...hypershiftKind,
    kind: 'NodePool',
    description: 'Nodes of a hosted cluster that are alike.',
    plural: 'nodepools',
    shortNames: ['np', 'nps'],
    earlier: [earlierNodePool(spec, status)],
    scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
    columns: [
      { name: 'Cluster', type: 'string', jsonPath: '.spec.clusterName' },
      { name: 'Desired Nodes', type: 'integer', jsonPath: '.spec.replicas' },
      { name: 'Current Nodes', type: 'integer', jsonPath: '.status.replicas' },
      conditionColumn('AutoscalingEnabled', 'Autoscaling'),
      conditionColumn('AutorepairEnabled', 'Autorepair'),
      { name: 'Version', type: 'string', jsonPath: '.status.version' },
      conditionColumn('UpdatingVersion'),
      conditionColumn('UpdatingConfig'),
      messageColumn('Ready'),
    ],
  },
  spec,
  status,
);
/** Nodes of a hosted cluster that are alike. */
export type NodePool = ObjectOf<typeof NodePool>;
