const hypershift = <Name extends string>(name: Name) => `hypershift.openshift.io/${name}` as const;

/** Annotations and labels of hosted clusters that are read or written here. */
export const names = {
  /** On objects of a control plane: the HostedCluster as `namespace/name`. */
  cluster: hypershift('cluster'),
  skipReleaseImageValidation: hypershift('skip-release-image-validation'),
  destroyGracePeriod: hypershift('destroy-grace-period'),
  forceUpgradeTo: hypershift('force-upgrade-to'),
  cleanupCloudResources: hypershift('cleanup-cloud-resources'),
  podSecurityOverride: hypershift('pod-security-admission-label-override'),
  keepNamespace: hypershift('skip-delete-hosted-controlplane-namespace'),
  /** On the namespace of a control plane and on the HostedControlPlane: user id of its processes. */
  userId: hypershift('default-security-context-uid'),
  /** Label of namespaces of control planes; its value is true. */
  controlPlaneNamespace: hypershift('hosted-control-plane'),
  /** `local`: machines are processes of this host, under Cluster API. */
  infrastructure: 'godwit.io/infrastructure',
  /** The cluster runs elsewhere; its value names the fence. */
  fence: 'godwit.io/fence',
} as const;

/** Marks a Secret or ConfigMap that the configuration of a HostedCluster refers to. */
export const referencedBy = (cluster: string): string => `referenced-resource.hypershift.openshift.io/${cluster}`;

/** Keeps a HostedCluster until its control plane is gone. */
export const FINALIZER = hypershift('finalizer');

/** Keeps the manager of machines until the machines are gone. */
export const COMPONENT_FINALIZER = hypershift('component-finalizer');

/** Who owns the fields that this controller writes. */
export const FIELD_MANAGER = 'godwit-hosted-cluster';

const MIRRORED = /^(hypershift\.openshift\.io|[a-z-]+\.hypershift\.openshift\.io|godwit\.io)\//;
const NEVER: readonly string[] = [names.fence, names.cluster, names.userId];

/** The annotations of a HostedCluster that its control plane has to know, too. */
export const mirrored = (annotations: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).filter(([key]) => MIRRORED.test(key) && !NEVER.includes(key)));
