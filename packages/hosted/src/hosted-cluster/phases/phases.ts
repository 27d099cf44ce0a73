import { clusterApiObjects } from './cluster-api-objects.ts';
import { controlPlaneHome } from './control-plane-home.ts';
import { copying } from './copy-references.ts';
import { globalConfigMarks } from './global-config-marks.ts';
import { hostedControlPlane } from './hosted-control-plane.ts';
import { kubeconfigAndPassword } from './kubeconfig-and-password.ts';
import type { Phase } from './phase.ts';
import { serviceAccountSigningKey } from './service-account-signing-key.ts';

/**
 * Brings a control plane about. Everything that it refers to lies beside it before the HostedControlPlane is written. Platform
 * credentials have their place behind the pull secret, OIDC documents and role bindings of a platform at the end.
 */
export const phases: readonly Phase[] = [
  controlPlaneHome,
  copying({ name: 'PullSecretSync', rank: 'critical', use: 'pullSecret' }),
  copying({ name: 'SecretEncryptionSync', rank: 'critical', use: 'encryption' }),
  copying({ name: 'SSHKeySync', rank: 'ordinary', use: 'sshKey' }),
  copying({ name: 'AdditionalTrustBundle', rank: 'ordinary', use: 'trustBundle' }),
  copying({ name: 'AuditWebhookSync', rank: 'ordinary', use: 'auditWebhook' }),
  copying({ name: 'UnmanagedEtcdMTLS', rank: 'ordinary', use: 'etcd' }),
  copying({ name: 'GlobalConfigSync', rank: 'ordinary', use: 'configuration' }),
  globalConfigMarks,
  serviceAccountSigningKey,
  hostedControlPlane,
  clusterApiObjects,
  kubeconfigAndPassword,
];
