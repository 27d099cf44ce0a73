import { reason } from '@godwit/controller';

export const Started = reason('Started', () => 'The copy of volumes has begun');
export const Prepared = reason('Prepared', () => 'Both clusters and all volumes are known');
export const BlockVolumesNotSupported = reason(
  'BlockVolumesNotSupported',
  ({ volumes }: { volumes: string }) =>
    `Volumes in block mode cannot be copied yet: ${volumes}. Take them out of the plan, or set their action to skip`,
);
export const ClaimsPaired = reason(
  'ClaimsPairedTwice',
  ({ volumes }: { volumes: string }) => `More than one volume would be copied into ${volumes}. Give each its own targetName`,
);
export const ResourcesDeleted = reason('ResourcesDeleted', ({ count }: { count: number }) => `${count} transfer objects removed`);
export const ResourcesTerminating = reason('ResourcesTerminating', ({ pods }: { pods: string }) => `Waiting for ${pods} to stop`);
export const NamespacesCreated = reason(
  'NamespacesCreated',
  ({ count }: { count: number }) => `${count} namespaces created on the target cluster`,
);
export const NamespacesMissing = reason(
  'NamespacesMissing',
  ({ namespaces }: { namespaces: string }) => `Create ${namespaces} on the target cluster, or set spec.createDestinationNamespaces to true`,
);
export const ClaimsCreated = reason(
  'ClaimsCreated',
  ({ created, kept }: { created: number; kept: number }) => `${created} claims created on the target cluster, ${kept} were there`,
);
export const SourceClaimsMissing = reason(
  'SourceClaimsMissing',
  ({ volumes }: { volumes: string }) => `The source cluster has no claim ${volumes}; refresh the plan and start a new migration`,
);
export const EndpointChosen = reason(
  'EndpointChosen',
  ({ type, because }: { type: string; because: string }) => `Clients connect through a ${type}: ${because}`,
);
export const EndpointReady = reason('EndpointReady', ({ addresses }: { addresses: string }) => `Clients connect to ${addresses}`);
export const EntryNodePending = reason(
  'EntryNodePending',
  () => 'No node of the target cluster is ready and open to pods, and clients would connect through one; see kubectl get nodes there',
);
export const EndpointPending = reason(
  'EndpointPending',
  ({ services }: { services: string }) =>
    `No address yet for ${services} on the target cluster; set RSYNC_ENDPOINT_TYPE in its ConfigMap migration-cluster-config to another type if it gets none`,
);
export const Configured = reason(
  'Configured',
  ({ namespaces }: { namespaces: number }) => `Configuration written in ${namespaces} namespaces`,
);
export const ProgressCreated = reason('ProgressCreated', ({ count }: { count: number }) => `${count} progress objects`);
export const PodsCreated = reason(
  'PodsCreated',
  ({ servers, clients }: { servers: number; clients: number }) => `${servers} receiving and ${clients} sending pods created`,
);
export const ServersRunning = reason('ServersRunning', ({ count }: { count: number }) => `${count} receiving pods run`);
export const ServersPending = reason('ServersPending', ({ pods }: { pods: string }) => `Waiting for ${pods}`);
export const TransferImageNotPulled = reason(
  'TransferImageNotPulled',
  ({ pod, cluster, image, fault, message }: { pod: string; cluster: string; image: string; fault: string; message: string }) =>
    `${pod} on the ${cluster} cluster cannot get image ${image} (${fault}: ${message}). Push the image where the nodes can pull it, or set RSYNC_TRANSFER_IMAGE in ConfigMap migration-cluster-config of that cluster`,
);
export const ServerFailed = reason(
  'ServerFailed',
  ({ pod, said }: { pod: string; said: string }) => `The receiving pod ${pod} cannot run: ${said}`,
);
export const Copying = reason(
  'Copying',
  ({ done, total, running }: { done: number; total: number; running: number }) =>
    `${done} of ${total} volumes copied, ${running} under way`,
);
export const Copied = reason('Copied', ({ total }: { total: number }) => `${total} volumes copied`);
export const RsyncFailed = reason('RsyncFailed', ({ volumes }: { volumes: string }) => volumes);
export const TargetVolumeFull = reason('TargetVolumeFull', ({ volumes }: { volumes: string }) => volumes);
export const RsyncTimedOut = reason(
  'RsyncTimedOut',
  () =>
    'Every client timed out on its way to the target cluster. Open the endpoint in the firewalls between the clusters, or set another RSYNC_ENDPOINT_TYPE',
);
export const RsyncNoRouteToHost = reason(
  'RsyncNoRouteToHost',
  () =>
    'The nodes of the source cluster have no route to the endpoint of the target cluster. Set another RSYNC_ENDPOINT_TYPE in ConfigMap migration-cluster-config of the target cluster',
);
export const Comparing = reason(
  'Comparing',
  ({ done, total }: { done: number; total: number }) => `${done} of ${total} volumes compared with their originals`,
);
export const VolumesEqual = reason(
  'VolumesEqual',
  ({ total, files }: { total: number; files: number }) => `${total} volumes with ${files} files are equal to their originals`,
);
export const VolumesDiffer = reason(
  'VolumesDiffer',
  ({ count, paths }: { count: number; paths: string }) =>
    `Files that differ between source and target, ${count} in all: ${paths}. Nothing was repaired; make sure that nothing writes to either volume and start a new migration`,
);
export const ComparisonFailed = reason('ComparisonFailed', ({ volumes }: { volumes: string }) => `Could not compare: ${volumes}`);
export const Completed = reason('Completed', () => 'The migration has succeeded');
export const CleaningUp = reason('CleaningUp', () => 'The copy failed; its pods, secrets and services are removed');
