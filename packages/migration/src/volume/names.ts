import { createHash } from 'node:crypto';
import { correlationLabels, labels } from '@godwit/api';

/** Value of the label `app` on everything that a file system transfer needs; upstream's clean-up and its users select by it. */
export const TRANSFER_APP = 'directvolumemigration-rsync-transfer';

/** Label on pods that compare a volume instead of copying it: MD5 of the source claim's name. */
export const VERIFIED_PVC = 'godwit.io/verified-pvc';

/** Label that says what a pod does in the transfer: server, client or comparer. */
export const TRANSFER_ROLE = 'godwit.io/transfer-role';

/** Annotation that names the DirectVolumeMigration (`namespace/name`) a pod works for, so that the pod's changes wake it. */
export const DVM_ANNOTATION = 'godwit.io/directvolumemigration';

/** Annotation that names the source claim of a client pod. */
export const PVC_ANNOTATION = 'godwit.io/persistentvolumeclaim';

/** Hexadecimal MD5, which upstream uses to make names fit for labels, modules and folders. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

type Owner = { metadata: { name?: string; namespace?: string; uid?: string } };

/** The labels that every object of a transfer carries. */
export const transferLabels = ({ metadata }: Owner): Record<string, string> => ({
  ...correlationLabels('DirectVolumeMigration', metadata.uid ?? ''),
  app: TRANSFER_APP,
  owner: 'directvolumemigration',
  [labels.migratedByDirectVolumeMigration]: metadata.uid ?? '',
});

/** Selects the objects of one DirectVolumeMigration, also those that upstream made. */
export const transferSelector = ({ metadata }: Owner): string => `directvolumemigration=${metadata.uid ?? ''}`;

/** Eight characters that tell the objects of two DirectVolumeMigrations in one namespace apart. */
export const shortId = ({ metadata }: Owner): string => md5(metadata.uid ?? '').slice(0, 8);

/** The names of the objects that a DirectVolumeMigration needs in a namespace. */
export const objectNames = (dvm: Owner) => {
  const id = shortId(dvm);
  return {
    serverPod: `rsync-server-${id}`,
    serverConfig: `crane2-rsync-server-config-${id}`,
    serverSecret: `crane2-rsync-server-secret-${id}`,
    clientSecret: `crane2-rsync-client-secret-${id}`,
    tunnelServerConfig: `fs-crane2-stunnel-server-config-${id}`,
    tunnelServerSecret: `fs-crane2-stunnel-server-secret-${id}`,
    tunnelClientConfig: `fs-crane2-stunnel-client-config-${id}`,
    tunnelClientSecret: `fs-crane2-stunnel-client-secret-${id}`,
    tunnelProxySecret: `fs-crane2-stunnel-client-proxy-${id}`,
    policy: `${TRANSFER_APP}-${id}`,
  };
};

/** Upstream's name of the secret, in the namespace of the DirectVolumeMigration, that keeps the rsync password. */
export const passwordSecretName = ({ metadata }: Owner): string => md5(`directvolumemigration-rsync-pass-${metadata.name ?? ''}`);

/** Upstream's name of the progress object of one claim. */
export const progressName = ({ metadata }: Owner, claim: { namespace: string; name: string }): string =>
  md5(`${metadata.name ?? ''}${claim.name}${claim.namespace}`);
