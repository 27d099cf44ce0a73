import { z } from 'zod';
import { checked, immutable, immutableOnceSet } from '../rules.ts';
import { anyFields, fields, strings, wholeList } from '../schema.ts';
import { autoscaling } from './autoscaling.ts';
import { labelMap, reference, toleration } from './common.ts';
import { configuration } from './configuration.ts';
import { dns, domain } from './dns.ts';
import { ETCD, etcd } from './etcd.ts';
import { NETWORKING, networking } from './networking.ts';
import { platform } from './platform.ts';
import { secretEncryption } from './secret-encryption.ts';
import { services } from './services.ts';

const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

const clusterID = immutableOnceSet(
  'clusterID',
  checked(z.string().max(36), {
    rule: `self == '' || self.matches('${UUID}')`,
    message: 'clusterID must be an RFC4122 UUID value (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx in hexadecimal digits)',
  }),
);

const infraID = immutableOnceSet(
  'infraID',
  checked(z.string().max(253), {
    rule: "self == '' || self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
    message:
      "infraID must consist of lowercase alphanumeric characters or '-', start and end with an alphanumeric character, and be between 1 and 253 characters",
  }),
);

const imageContentSource = fields({
  source: z.string().max(255).describe('Repository as manifests name it. Required.'),
  mirrors: strings().max(25).optional().describe('Repositories with the same content. Omitted: none.'),
});

const CAPABILITIES = ['ImageRegistry', 'openshift-samples', 'Insights', 'baremetal', 'Console', 'NodeTuning', 'Ingress'] as const;
const capability = z.enum(CAPABILITIES);

const capabilities = checked(
  fields({
    enabled: z
      .array(capability)
      .max(25)
      .meta({ 'x-kubernetes-list-type': 'set' })
      .optional()
      .describe('Parts that are installed besides the usual ones.'),
    disabled: z.array(capability).max(25).meta({ 'x-kubernetes-list-type': 'set' }).optional().describe('Parts that are left out.'),
  }),
  {
    rule: '!has(self.enabled) || !has(self.disabled) || self.enabled.all(e, !(e in self.disabled))',
    message: 'Capabilities can not be both enabled and disabled at once.',
  },
  {
    rule: "!has(self.disabled) || !('Ingress' in self.disabled) || 'Console' in self.disabled",
    message: 'Ingress capability can only be disabled if Console capability is also disabled',
  },
);

const availability = z.enum(['HighlyAvailable', 'SingleReplica']);

const operatorConfiguration = anyFields();

/** What a HostedCluster and its HostedControlPlane say in the same words. */
export const controlPlaneSpec = {
  channel: z.string().min(1).max(100).optional().describe('Channel of updates. Omitted: no updates are offered.'),
  clusterID: clusterID.optional().describe('Identity of the cluster in telemetry, a UUID. Omitted: one is made.'),
  infraID: infraID.optional().describe('Identity of the cluster among its cloud objects. Omitted: one is made of its name.'),
  platform: platform.describe('Where the nodes are. Required.'),
  kubeAPIServerDNSName: domain('kubeAPIServerDNSName')
    .optional()
    .describe('A further name of the API server; makes a kubeconfig of its own.'),
  controllerAvailabilityPolicy: immutable('ControllerAvailabilityPolicy', availability)
    .default('HighlyAvailable')
    .describe('How many copies of the control plane run: HighlyAvailable is three. Omitted: HighlyAvailable.'),
  infrastructureAvailabilityPolicy: availability
    .default('SingleReplica')
    .describe('How many copies of the services on the nodes run. Omitted: SingleReplica.'),
  networking: networking.default(NETWORKING).describe('Networks. Omitted: pods 10.132.0.0/14, Services 172.31.0.0/16.'),
  autoscaling: autoscaling.optional().describe('Limits of growing and shrinking by load.'),
  autoNode: anyFields().optional().describe('Nodes that come without pools. Not acted on.'),
  etcd: etcd.default(ETCD).describe('Where the objects of the cluster are kept. Omitted: our etcd on 8Gi.'),
  pullSecret: reference().describe('Secret with `.dockerconfigjson`, for the images of the release. Required.'),
  sshKey: reference().optional().describe('Secret with `id_rsa.pub`, to be let into the nodes. Omitted: nobody is.'),
  issuerURL: immutable(
    'issuerURL',
    checked(z.string().max(255), { rule: 'isURL(self)', message: 'issuerURL must be a valid absolute URL' }),
  )
    .default('https://kubernetes.default.svc')
    .describe('Issuer of service account tokens. Omitted: https://kubernetes.default.svc.'),
  serviceAccountSigningKey: reference()
    .optional()
    .describe('Secret with the private key `key` that signs service account tokens. Omitted: one is made.'),
  configuration: configuration.optional().describe('Configuration of the hosted cluster.'),
  operatorConfiguration: operatorConfiguration.optional().describe('Configuration of operators in the hosted cluster. Kept, not acted on.'),
  auditWebhook: reference().optional().describe('Secret with `webhook-kubeconfig`, where audit events go.'),
  imageContentSources: wholeList(imageContentSource).max(255).optional().describe('Mirrors of image repositories.'),
  additionalTrustBundle: reference()
    .optional()
    .describe('ConfigMap with `ca-bundle.crt`: authorities that nodes and control plane trust besides their own.'),
  secretEncryption: secretEncryption.optional().describe('How Secrets are encrypted in etcd. Omitted: not at all.'),
  fips: immutable('fips', z.boolean()).default(false).describe('Whether nodes run in FIPS mode. Omitted: false.'),
  olmCatalogPlacement: immutable('olmCatalogPlacement', z.enum(['management', 'guest']))
    .default('management')
    .describe('Where the catalogs of operators run. Omitted: management.'),
  nodeSelector: labelMap(20).optional().describe('Nodes of the management cluster for the pods of the control plane. Omitted: any.'),
  tolerations: wholeList(toleration).max(25).optional().describe('Taints that the pods of the control plane tolerate.'),
  labels: labelMap(20).optional().describe('Labels of the pods of the control plane.'),
  capabilities: immutable('Capabilities', capabilities).default({}).describe('Parts of the release that are installed or left out.'),
  dns: dns.optional().describe('Names in DNS.'),
  services: services().describe('How the services of the control plane are published. Required.'),
};
