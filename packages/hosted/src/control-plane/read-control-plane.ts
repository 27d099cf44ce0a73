import { HostedControlPlane, annotations as names, type ServicePublishing } from '@godwit/api';
import { apiVersionOf } from '@godwit/kube';
import type { ControlPlane, ManagedEtcd, Publishing } from './control-plane.ts';

/** The user of the pods where the operator has given out none for the namespace. */
const FIRST_USER_ID = 1001;

/** How a service is published, as far as this platform can. */
export const publishingOf = (services: readonly ServicePublishing[], service: ServicePublishing['service']): Publishing => {
  const strategy = services.find((each) => each.service === service)?.servicePublishingStrategy;
  if (strategy?.type === 'NodePort' && strategy.nodePort)
    return { type: 'NodePort', address: strategy.nodePort.address, port: strategy.nodePort.port || undefined };
  if (strategy?.type === 'LoadBalancer') return { type: 'LoadBalancer', hostname: strategy.loadBalancer?.hostname || undefined };
  // Routes need a router, which comes with a later platform.
  return { type: 'None' };
};

const etcdOf = ({ etcd }: HostedControlPlane['spec']): ManagedEtcd | undefined => {
  const storage = etcd.managed?.storage;
  if (etcd.managementType !== 'Managed') return undefined;
  return {
    size: String(storage?.persistentVolume?.size ?? '8Gi'),
    storageClass: storage?.persistentVolume?.storageClassName,
    restoreUrl: storage?.restoreSnapshotURL?.[0],
  };
};

const networksOf = ({ networking }: HostedControlPlane['spec']) => {
  const serviceNetworks = networking.serviceNetwork.map(({ cidr }) => cidr);
  return {
    serviceNetworks,
    clusterNetworks: networking.clusterNetwork,
    allocateNodeCidrs: networking.allocateNodeCIDRs === 'Enabled',
    advertiseAddress: networking.apiServer?.advertiseAddress ?? (serviceNetworks[0]?.includes(':') ? 'fd00::1' : '172.20.0.1'),
    port: networking.apiServer?.port ?? 6443,
    allowedCidrs: networking.apiServer?.allowedCIDRBlocks ?? [],
  };
};

const encryptionOf = ({ secretEncryption }: HostedControlPlane['spec']): ControlPlane['encryption'] =>
  secretEncryption?.type === 'aescbc' && secretEncryption.aescbc
    ? { activeKey: secretEncryption.aescbc.activeKey.name ?? '', backupKey: secretEncryption.aescbc.backupKey?.name }
    : undefined;

/** Reads a HostedControlPlane, with the defaults that upstream applies in code. */
export const readControlPlane = ({ metadata, spec }: HostedControlPlane): ControlPlane => {
  const { name = '', namespace = '', uid = '', annotations = {} } = metadata;
  return {
    name,
    namespace,
    owner: {
      apiVersion: apiVersionOf(HostedControlPlane),
      kind: HostedControlPlane.kind,
      name,
      uid,
      controller: true,
      blockOwnerDeletion: true,
    },
    infraId: spec.infraID ?? name,
    issuerUrl: spec.issuerURL ?? 'https://kubernetes.default.svc',
    highlyAvailable: spec.controllerAvailabilityPolicy === 'HighlyAvailable',
    etcd: etcdOf(spec),
    ...networksOf(spec),
    apiServer: publishingOf(spec.services, 'APIServer'),
    konnectivity: publishingOf(spec.services, 'Konnectivity'),
    dnsName: spec.kubeAPIServerDNSName || undefined,
    encryption: encryptionOf(spec),
    localInfrastructure: annotations[names.infrastructure] === 'local',
    userId: Number(annotations[names.defaultSecurityContextUid] ?? FIRST_USER_ID),
    restartDate: annotations[names.restartDate],
    labels: spec.labels ?? {},
    nodeSelector: spec.nodeSelector ?? {},
    tolerations: spec.tolerations ?? [],
  };
};
