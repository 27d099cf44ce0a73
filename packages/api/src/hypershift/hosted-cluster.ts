import { z } from 'zod';
import { earlierHostedCluster } from '../hypershift-v1alpha1/schemas.ts';
import { kind, type ObjectOf } from '../kind.ts';
import { checked, staysOnceSet } from '../rules.ts';
import { anyFields, fields, int32 } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { conditionColumn, hypershiftKind, messageColumn, pausedUntil, reference, release } from './common.ts';
import { controlPlaneSpec } from './control-plane-spec.ts';
import { controlPlaneVersionStatus, versionStatus } from './version-status.ts';

const spec = checked(
  fields({
    ...controlPlaneSpec,
    release: release().describe('The release of the cluster. Required.'),
    controlPlaneRelease: release().optional().describe('Another release for the control plane alone. Omitted: release.'),
    updateService: checked(z.string().max(2048), { rule: 'isURL(self)', message: 'updateService must be a valid absolute URL' })
      .optional()
      .describe('Where updates are asked for. Omitted: the usual service.'),
    pausedUntil: pausedUntil(4).optional().describe('Until when reconciling rests: a date in RFC 3339, or true. Omitted: it does not.'),
    monitoring: anyFields().optional().describe('Which metrics are forwarded. Kept, not acted on.'),
  }),
  {
    rule: "self.platform.type == 'IBMCloud' ? size(self.services) >= 3 : size(self.services) >= 4",
    message: 'spec.services in body should have at least 4 items or 3 for IBMCloud',
  },
  { rule: "self.platform.type == 'IBMCloud' || self.services == oldSelf.services", message: 'Services is immutable' },
  {
    rule: '!has(self.serviceAccountSigningKey) || has(self.issuerURL)',
    message: 'issuerURL is required when serviceAccountSigningKey is set',
  },
  staysOnceSet('secretEncryption', 'secretEncryption cannot be removed once configured'),
  {
    rule: "!has(self.configuration) || !has(self.configuration.apiServer) || !has(self.configuration.apiServer.servingCerts) || !has(self.configuration.apiServer.servingCerts.namedCertificates) || self.services.all(s, s.service != 'APIServer' || !has(s.servicePublishingStrategy.loadBalancer) || !has(s.servicePublishingStrategy.loadBalancer.hostname) || self.configuration.apiServer.servingCerts.namedCertificates.all(c, !has(c.names) || !(s.servicePublishingStrategy.loadBalancer.hostname in c.names)))",
    message: 'APIServer loadBalancer hostname cannot be in ClusterConfiguration.apiserver.servingCerts.namedCertificates[]',
  },
);

const status = fields({
  conditions: standardConditions,
  version: versionStatus.optional().describe('Where the cluster stands on its way to a release.'),
  controlPlaneVersion: controlPlaneVersionStatus.optional().describe('Where the control plane alone stands.'),
  kubeconfig: reference().optional().describe('Secret with the kubeconfig of the administrator, beside this object.'),
  customKubeconfig: reference().optional().describe('Secret with the kubeconfig for kubeAPIServerDNSName.'),
  kubeadminPassword: reference().optional().describe('Secret with the password of kubeadmin.'),
  ignitionEndpoint: z.string().optional().describe('Host name of the service that new nodes ask for their configuration.'),
  controlPlaneEndpoint: fields({
    host: z.string().describe('Host name or address. Required.'),
    port: int32().describe('Port. Required.'),
  })
    .optional()
    .describe('Where the API server is reached from outside.'),
  oauthCallbackURLTemplate: z.string().optional().describe('Template of the address that identity providers call back.'),
  payloadArch: z
    .enum(['Multi', 'AMD64', 'ARM64', 'PPC64LE', 'S390X'])
    .optional()
    .describe('Architectures that the release has images for.'),
  platform: anyFields().optional().describe('What only one platform has.'),
  autoNode: anyFields().optional().describe('Nodes that came without pools.'),
  configuration: anyFields().optional().describe('Configuration as the hosted cluster has it.'),
  lastSuccessfulEtcdBackupURL: z
    .string()
    .max(2048)
    .regex(/^(https|s3):\/\//)
    .optional()
    .describe('Where the last good backup of etcd lies.'),
  secretEncryption: anyFields().optional().describe('Which key Secrets are encrypted with, and which one they go to.'),
});

const completed = (path: string) => `.status.${path}.history[?(@.state=="Completed")].version`;

/** A cluster whose control plane runs as pods of this cluster. */
export const HostedCluster = kind(
  {
    ...hypershiftKind,
    kind: 'HostedCluster',
    description: 'A cluster whose control plane runs as pods of this cluster.',
    plural: 'hostedclusters',
    shortNames: ['hc', 'hcs'],
    columns: [
      { name: 'Version', type: 'string', jsonPath: completed('version') },
      { name: 'CP Version', type: 'string', jsonPath: completed('controlPlaneVersion') },
      { name: 'KubeConfig', type: 'string', jsonPath: '.status.kubeconfig.name' },
      { name: 'Progress', type: 'string', jsonPath: '.status.version.history[?(@.state!="")].state' },
      conditionColumn('Available'),
      conditionColumn('Progressing'),
      messageColumn('Available'),
      { name: 'CP Progress', type: 'string', jsonPath: '.status.controlPlaneVersion.history[0].state', priority: 1 },
      { name: 'DP Progress', type: 'string', jsonPath: '.status.version.history[0].state', priority: 1 },
    ],
    earlier: [earlierHostedCluster(spec, status)],
    validations: [
      { rule: '!has(oldSelf.spec.infraID) || has(self.spec.infraID)', message: 'infraID cannot be removed once set' },
      { rule: '!has(oldSelf.spec.clusterID) || has(self.spec.clusterID)', message: 'clusterID cannot be removed once set' },
    ],
  },
  spec,
  status,
);
/** A cluster whose control plane runs as pods of this cluster. */
export type HostedCluster = ObjectOf<typeof HostedCluster>;
