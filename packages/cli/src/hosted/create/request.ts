import type { HostedCluster } from '@godwit/api';
import { controlPlaneNamespace, LONGEST_NAMESPACE } from '@godwit/hosted';
import { textOf } from '../../read-input.ts';
import { countOf, oneOf, required, usage } from '../../usage.ts';
import { pausedUntilOf } from '../until.ts';
import { hostNames, publishedServices } from './services.ts';

/** The flags that describe a hosted cluster. */
export type CreateOptions = {
  filename?: string;
  releaseImage?: string;
  pullSecret?: string;
  baseDomain?: string;
  nodePoolReplicas?: string;
  servicePublishing?: string;
  serviceHosts?: string;
  etcdStorageSize?: string;
  etcdStorageClass?: string;
  restoreSnapshotUrl?: string;
  controlPlaneAvailabilityPolicy?: string;
  secretEncryption?: string;
  sshKey?: string;
  additionalTrustBundle?: string;
  infrastructure?: string;
  networkType?: string;
  clusterCidr?: string;
  serviceCidr?: string;
  pausedUntil?: string;
  pausedUntilCompat?: boolean;
};

/** A hosted cluster as a user asks for it, free of contradictions; texts are the contents of files. */
export type CreateRequest = {
  namespace: string;
  name: string;
  releaseImage: string;
  pullSecret: string;
  baseDomain: string;
  /** Undefined: no pool. */
  replicas: number | undefined;
  services: HostedCluster['spec']['services'];
  etcd: { size: string; storageClass: string | undefined; restoreUrl: string | undefined };
  availability: 'HighlyAvailable' | 'SingleReplica';
  encrypted: boolean;
  sshKey: string | undefined;
  trustBundle: string | undefined;
  local: boolean;
  networking: { networkType: HostedCluster['spec']['networking']['networkType']; clusterCidr: string; serviceCidr: string };
  paused: { cluster: string | undefined; pools: string | undefined };
};

const NAME = /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/;
const HELP = 'godwit hosted create --help';
const file = (flag: string, path: string | undefined): string | undefined => (path === undefined ? undefined : textOf(flag, path));

const pullSecretOf = (path: string | undefined): string => {
  const text = textOf(
    '--pull-secret',
    required('--pull-secret', path, { why: 'the images of the release are pulled with it', next: '--pull-secret FILE' }),
  );
  try {
    const { auths } = JSON.parse(text) as { auths?: unknown };
    if (typeof auths === 'object' && auths !== null) return text;
  } catch {} // whatever is wrong with it is said below, without a part of it
  throw usage(
    `--pull-secret ${path} is no pull secret`,
    'it must be JSON with the field auths, as docker login writes it',
    '--pull-secret ~/.docker/config.json',
  );
};

/** `true` pauses pools only with the compat flag, as upstream's command does; a date always pauses both. */
const pausesOf = ({ pausedUntil, pausedUntilCompat }: CreateOptions): CreateRequest['paused'] => {
  const until = pausedUntilOf('--pausedUntil', pausedUntil);
  return { cluster: pausedUntilCompat === true && until === 'true' ? undefined : until, pools: until };
};

const etcdOf = ({ etcdStorageSize = '8Gi', etcdStorageClass, restoreSnapshotUrl }: CreateOptions): CreateRequest['etcd'] => {
  if (!/^\d+(\.\d+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$/.test(etcdStorageSize))
    throw usage(`--etcd-storage-size ${etcdStorageSize} is not a size`, 'write a quantity such as 8Gi', '--etcd-storage-size 8Gi');
  return { size: etcdStorageSize, storageClass: etcdStorageClass, restoreUrl: restoreSnapshotUrl };
};

const nameOf = (namespace: string, name: string | undefined): string => {
  const wanted = required('NAME', name, { why: 'a hosted cluster needs a name', next: HELP });
  if (!NAME.test(wanted)) throw usage(`"${wanted}" is no name`, 'write lower-case letters, digits, dashes and dots, at most 63', HELP);
  const home = controlPlaneNamespace({ namespace, name: wanted });
  if (home.length > LONGEST_NAMESPACE)
    throw usage(
      `"${wanted}" is too long`,
      `its control plane lives in ${home}, and a namespace has at most ${LONGEST_NAMESPACE} characters`,
      HELP,
    );
  return wanted;
};

/** Reads name and flags of `godwit hosted create`, and the files that they name; throws a usage failure for what cannot be meant. */
export const createRequest = (namespace: string, name: string | undefined, options: CreateOptions): CreateRequest => {
  const wanted = nameOf(namespace, name);
  const baseDomain = required('--base-domain', options.baseDomain, {
    why: 'the host names of the cluster lie below it',
    next: '--base-domain example.com',
  });
  const type = oneOf('--service-publishing', options.servicePublishing ?? 'LoadBalancer', ['LoadBalancer', 'NodePort']);
  const local = options.infrastructure !== undefined && oneOf('--infrastructure', options.infrastructure, ['local']) === 'local';
  const networkType = oneOf('--network-type', options.networkType ?? (local ? 'Other' : 'OVNKubernetes'), [
    'OVNKubernetes',
    'Other',
    'Calico',
    'OpenShiftSDN',
  ]);
  return {
    namespace,
    name: wanted,
    baseDomain,
    releaseImage: required('--release-image', options.releaseImage, {
      why: 'it names the release of the cluster',
      next: '--release-image IMAGE',
    }),
    pullSecret: pullSecretOf(options.pullSecret),
    replicas: countOf('--node-pool-replicas', options.nodePoolReplicas),
    services: publishedServices({ name: wanted, baseDomain, type, hosts: hostNames(options.serviceHosts) }),
    etcd: etcdOf(options),
    availability: oneOf('--control-plane-availability-policy', options.controlPlaneAvailabilityPolicy ?? 'HighlyAvailable', [
      'HighlyAvailable',
      'SingleReplica',
    ]),
    encrypted: oneOf('--secret-encryption', options.secretEncryption ?? 'aescbc', ['aescbc', 'none']) === 'aescbc',
    sshKey: file('--ssh-key', options.sshKey),
    trustBundle: file('--additional-trust-bundle', options.additionalTrustBundle),
    local,
    networking: { networkType, clusterCidr: options.clusterCidr ?? '10.132.0.0/14', serviceCidr: options.serviceCidr ?? '172.31.0.0/16' },
    paused: pausesOf(options),
  };
};
