import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { checked, immutable } from '../rules.ts';
import { fields } from '../schema.ts';
import { godwitKind, named } from './common.ts';
import { moveStatus } from './hosted-cluster-migration-status.ts';

const hostedCluster = fields({
  namespace: z.string().min(1).max(63).describe('Its namespace on the source. Required.'),
  name: z.string().min(1).max(253).describe('Its name. Required.'),
});

const source = fields({
  kubeconfigSecret: fields({
    name: z.string().min(1).max(253).describe('Name of the Secret, in the namespace of this object. Required.'),
    key: z.string().default('kubeconfig').describe('Key in the Secret. Omitted: kubeconfig.'),
  }).describe('Kubeconfig of the management cluster that the hosted cluster leaves. Required.'),
  clusterUID: z
    .string()
    .optional()
    .describe('UID of its kube-system namespace; another cluster is refused. Omitted: any cluster but this one.'),
});

const store = fields({
  bucket: z.string().min(1).describe('The bucket. Required.'),
  prefix: z.string().default('').describe('What the names of objects begin with. Omitted: nothing.'),
  region: z.string().default('us-east-1').describe('Region of the bucket. Omitted: us-east-1.'),
  endpoint: z
    .string()
    .regex(/^https?:\/\//)
    .optional()
    .describe('Address of an S3-compatible store. Omitted: AWS.'),
  forcePathStyle: z.boolean().default(false).describe('Whether the bucket is named in the path. Omitted: false.'),
  caBundle: fields({
    name: z.string().min(1).describe('Name of the ConfigMap, in the namespace of this object. Required.'),
    key: z.string().default('ca-bundle.crt').describe('Key in the ConfigMap. Omitted: ca-bundle.crt.'),
  })
    .optional()
    .describe('Authorities that vouch for the store besides those of the system.'),
  credentials: named('Secret, in the namespace of this object').describe('Credentials for the bucket. Required.'),
});

const DURATION = /^([0-9]+([.][0-9]+)?(ms|s|m|h))+$/;

const spec = checked(
  fields({
    hostedCluster: immutable('hostedCluster', hostedCluster).describe('The hosted cluster to move. Required.'),
    source: immutable('source', source).describe(
      'The management cluster that it leaves; it comes to the one that holds this object. Required.',
    ),
    targetNamespace: immutable('targetNamespace', z.string().min(1).max(63))
      .optional()
      .describe('Its namespace here. Omitted: the one that it has on the source.'),
    mode: immutable('mode', z.enum(['WithNodes', 'ControlPlaneOnly']))
      .default('WithNodes')
      .describe('Whether the objects of its machines come along. Omitted: WithNodes.'),
    store: immutable('store', store).describe('Where the snapshot, the objects and the fence lie. Required.'),
    encryptionKey: immutable('encryptionKey', named('Secret, in the namespace of this object')).describe(
      'Secret whose key `key` holds the 32 bytes that the bundle of objects is encrypted with. Required.',
    ),
    soak: z
      .string()
      .max(32)
      .regex(DURATION)
      .default('15m')
      .describe('How long the moved cluster is observed, for instance 30s. Omitted: 15m.'),
    dnsTimeout: z.string().max(32).regex(DURATION).default('5m').describe('How long names in DNS may take to follow. Omitted: 5m.'),
    paused: z.boolean().default(false).describe('Stops the run between two steps. Omitted: false.'),
    canceled: z
      .boolean()
      .default(false)
      .describe('Gives up and brings the source back; refused once names in DNS are raised. Omitted: false.'),
    rollback: z
      .boolean()
      .default(false)
      .describe('Brings the source back after a failure; refused once names in DNS are raised. Omitted: false.'),
    confirmTeardown: z
      .string()
      .max(253)
      .optional()
      .describe('The name of the hosted cluster, typed again: what is left on the source may be removed. Omitted: it stays, fenced.'),
  }),
  { rule: 'has(self.targetNamespace) == has(oldSelf.targetNamespace)', message: 'targetNamespace is immutable' },
  {
    rule: "!has(self.confirmTeardown) || self.confirmTeardown == '' || self.confirmTeardown == self.hostedCluster.name",
    message: 'confirmTeardown must be the name of the hosted cluster',
  },
);

/** Moves a hosted cluster from another management cluster to this one. */
export const HostedClusterMigration = kind(
  {
    ...godwitKind,
    kind: 'HostedClusterMigration',
    description: 'Moves a hosted cluster from another management cluster to this one.',
    plural: 'hostedclustermigrations',
    shortNames: ['hcm'],
    columns: [
      { name: 'Cluster', type: 'string', jsonPath: '.spec.hostedCluster.name' },
      { name: 'Mode', type: 'string', jsonPath: '.spec.mode' },
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'Succeeded', type: 'string', jsonPath: '.status.conditions[?(@.type=="Succeeded")].status' },
      { name: 'Downtime', type: 'string', jsonPath: '.status.downtime.seconds' },
      { name: 'Message', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].message', priority: 1 },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  },
  spec,
  moveStatus,
);
/** Moves a hosted cluster from another management cluster to this one. */
export type HostedClusterMigration = ObjectOf<typeof HostedClusterMigration>;
