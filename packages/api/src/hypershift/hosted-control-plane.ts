import { z } from 'zod';
import { earlierHostedControlPlane } from '../hypershift-v1alpha1/schemas.ts';
import { kind, type ObjectOf } from '../kind.ts';
import { anyFields, fields, int32, time } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { hypershiftKind, reference } from './common.ts';
import { controlPlaneSpec } from './control-plane-spec.ts';
import { controlPlaneVersionStatus, versionStatus } from './version-status.ts';

const kubeconfig = fields({
  name: z.string().describe('Name of the Secret. Required.'),
  key: z.string().describe('Key in it. Required.'),
});

const spec = fields({
  ...controlPlaneSpec,
  releaseImage: z.string().describe('The release of the cluster. Required.'),
  controlPlaneReleaseImage: z.string().optional().describe('Another release for the control plane alone. Omitted: releaseImage.'),
  updateService: z.string().optional().describe('Where updates are asked for.'),
  // A HostedCluster may carry a value that was stored before values were checked; it is passed on as it is.
  pausedUntil: z
    .string()
    .max(255)
    .optional()
    .describe('Until when reconciling rests; the same as of the HostedCluster. Omitted: it does not.'),
  monitoring: anyFields().optional().describe('Which metrics are forwarded.'),
});

const status = fields({
  // Cluster API asks the first three of every control plane.
  ready: z.boolean().default(false).describe('Whether the API server answers.'),
  initialized: z.boolean().default(false).describe('Whether the API server has answered once.'),
  externalManagedControlPlane: z.boolean().default(true).describe('That no machine holds this control plane: always true.'),
  controlPlaneEndpoint: fields({ host: z.string().describe('Host name or address. Required.'), port: int32().describe('Port. Required.') })
    .optional()
    .describe('Where the API server is reached from outside.'),
  oauthCallbackURLTemplate: z.string().optional().describe('Template of the address that identity providers call back.'),
  versionStatus: versionStatus.optional().describe('Where the cluster stands on its way to a release.'),
  controlPlaneVersion: controlPlaneVersionStatus.optional().describe('Where the control plane alone stands.'),
  kubeConfig: kubeconfig.optional().describe('Secret with the kubeconfig of the administrator.'),
  customKubeconfig: kubeconfig.optional().describe('Secret with the kubeconfig for kubeAPIServerDNSName.'),
  kubeadminPassword: reference().optional().describe('Secret with the password of kubeadmin.'),
  platform: anyFields().optional().describe('What only one platform has.'),
  nodeCount: int32().optional().describe('How many nodes the hosted cluster has.'),
  conditions: standardConditions,
  version: z.string().optional().describe('Version that runs. Deprecated: versionStatus.'),
  releaseImage: z.string().optional().describe('Release that runs. Deprecated: versionStatus.'),
  lastReleaseImageTransitionTime: time().optional().describe('When the release last changed. Deprecated: versionStatus.'),
  autoNode: anyFields().optional().describe('Nodes that came without pools.'),
  configuration: anyFields().optional().describe('Configuration as the hosted cluster has it.'),
  secretEncryption: anyFields().optional().describe('Which key Secrets are encrypted with, and which one they go to.'),
});

/** The control plane of one hosted cluster, in the namespace of its pods. */
export const HostedControlPlane = kind(
  {
    ...hypershiftKind,
    kind: 'HostedControlPlane',
    description: 'The control plane of one hosted cluster, in the namespace of its pods.',
    plural: 'hostedcontrolplanes',
    shortNames: ['hcp', 'hcps'],
    categories: ['cluster-api'],
    earlier: [earlierHostedControlPlane(spec, status)],
    // Cluster API reads the version of its contract from this label; ready and initialized are those of v1beta1.
    labels: { 'cluster.x-k8s.io/v1beta1': 'v1beta1' },
  },
  spec,
  status,
);
/** The control plane of one hosted cluster. */
export type HostedControlPlane = ObjectOf<typeof HostedControlPlane>;
