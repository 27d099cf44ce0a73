import type { Pod } from '@godwit/api';
import { TUNNEL_FOLDER } from './tunnel.ts';

type PodSpec = NonNullable<Pod['spec']>;
type Container = PodSpec['containers'][number];
type SecurityContext = NonNullable<Container['securityContext']>;
type Volume = NonNullable<PodSpec['volumes']>[number];

/** What a container asks for and may use. */
export type Resources = NonNullable<Container['resources']>;

/** Who a transfer runs as: root, or a user of the application's where the namespace refuses root. */
export type RunAs = { root: boolean; user: number | undefined; group: number | undefined; supplementalGroups: readonly number[] };

/** What all pods of a transfer on one cluster have in common. */
export type PodSettings = { image: string; runAs: RunAs; resources: Resources };

/** Capabilities that the `baseline` level of Pod Security admits and that a copy of owners, modes and devices needs. */
const SERVER_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'MKNOD', 'SETFCAP', 'SETGID', 'SETUID', 'SYS_CHROOT'];
const READER_CAPABILITIES = ['DAC_OVERRIDE'];

const user = ({ user: runAsUser, group: runAsGroup }: RunAs) => ({
  ...(runAsUser === undefined ? {} : { runAsUser }),
  ...(runAsGroup === undefined ? {} : { runAsGroup }),
});

/** The security context of a transfer container; a writer gets what setting owners, modes and devices takes. */
const containerSecurity = (runAs: RunAs, writes: boolean): SecurityContext => ({
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'], ...(runAs.root ? { add: writes ? SERVER_CAPABILITIES : READER_CAPABILITIES } : {}) },
  ...(runAs.root ? { runAsUser: 0, runAsGroup: 0 } : { runAsNonRoot: true, ...user(runAs) }),
});

/** The part of a pod that does not depend on what it does. */
export const podDefaults = (runAs: RunAs): Omit<PodSpec, 'containers'> => ({
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: 1,
  securityContext: {
    seccompProfile: { type: 'RuntimeDefault' },
    ...(runAs.supplementalGroups.length > 0 ? { supplementalGroups: [...runAs.supplementalGroups] } : {}),
    // Without root the mounted secrets are readable only through a group of the pod.
    ...(runAs.root ? {} : { fsGroup: runAs.group ?? runAs.user ?? 65534, fsGroupChangePolicy: 'OnRootMismatch' }),
  },
});

/** A transfer container; the end of its log becomes its termination message, which is how failures are read. */
export const transferContainer = (name: string, settings: PodSettings, writes: boolean, rest: Partial<Container>): Container => ({
  name,
  image: settings.image,
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePolicy: 'FallbackToLogsOnError',
  resources: settings.resources,
  securityContext: containerSecurity(settings.runAs, writes),
  ...rest,
});

/** Mode of mounted secrets: rsync refuses a password that others may read. */
export const secretMode = ({ root }: RunAs): number => (root ? 0o400 : 0o440);

/** What the tunnel's folder is put together from; `proxySecret` holds the configuration when it names a proxy's password. */
export type TunnelFiles = { config: string; secret: string; key: string; proxySecret: string | undefined };

/** One folder with the tunnel's configuration, the authority's certificate and this side's key pair. */
export const tunnelVolume = ({ config, secret, key, proxySecret }: TunnelFiles, runAs: RunAs): Volume => {
  const stunnel = { key, path: 'stunnel.conf' };
  const authority = { key: 'ca.crt', path: 'ca.crt' };
  return {
    name: 'stunnel',
    projected: {
      defaultMode: secretMode(runAs),
      sources: [
        { secret: { name: secret, items: ['tls.crt', 'tls.key'].map((file) => ({ key: file, path: file })) } },
        { configMap: { name: config, items: proxySecret === undefined ? [authority, stunnel] : [authority] } },
        ...(proxySecret === undefined ? [] : [{ secret: { name: proxySecret, items: [stunnel] } }]),
      ],
    },
  };
};

/** Where the tunnel's folder is mounted. */
export const tunnelMount = { name: 'stunnel', mountPath: TUNNEL_FOLDER, readOnly: true } as const;
