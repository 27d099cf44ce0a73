import { bad, type Check, type Objection, ok } from '../finding.ts';

/** The destination can run the release. */
export const release: Check = ({ releaseProblem, cluster }) =>
  releaseProblem === undefined
    ? ok('Release', cluster?.release ?? '')
    : bad('ReleaseUnsupported', `the destination does not support the release: ${releaseProblem}`);

const otherContent: Objection = ({ differing }) =>
  differing.length > 0
    ? bad('DestinationTaken', `${differing.join(', ')} are on the destination with other content; delete or rename them`)
    : undefined;

const clusterThere: Objection = ({ there, wanted, cluster }) => {
  const taken = there.find(({ name, infraID }) => name === wanted || infraID === cluster?.infraID);
  return taken === undefined
    ? undefined
    : bad('DestinationTaken', `HostedCluster ${taken.name} is on the destination already; delete it, or choose spec.targetNamespace`);
};

const poolsThere: Objection = ({ takenPools }) =>
  takenPools.length > 0
    ? bad(
        'DestinationTaken',
        `NodePools ${takenPools.join(', ')} are on the destination already; delete them, or choose spec.targetNamespace`,
      )
    : undefined;

const homeThere: Objection = ({ home }) =>
  home === undefined
    ? undefined
    : bad(
        'DestinationTaken',
        `Namespace ${home} is on the destination already, perhaps another hosted cluster's; delete it when it is nobody's`,
      );

const moveUnderWay: Objection = ({ rival }) =>
  rival === undefined
    ? undefined
    : bad('MoveUnderWay', `HostedClusterMigration ${rival} moves this hosted cluster already; wait for it, or cancel it`);

/** Nothing there is in the way of what comes. */
export const destination: Check = (facts) =>
  otherContent(facts) ??
  clusterThere(facts) ??
  poolsThere(facts) ??
  homeThere(facts) ??
  moveUnderWay(facts) ??
  ok('DestinationFree', facts.wanted);

/** etcd gets its volumes. */
export const storage: Check = ({ cluster, storageClasses }) => {
  const wanted = cluster?.storageClass;
  const found =
    wanted === undefined ? storageClasses.some(({ isDefault }) => isDefault) : storageClasses.some(({ name }) => name === wanted);
  return found
    ? ok('StorageClass', wanted ?? 'the default one')
    : bad(
        'StorageClassMissing',
        `the destination has no ${wanted === undefined ? 'default StorageClass' : `StorageClass ${wanted}`} for etcd; create it`,
      );
};

/** The node ports of the services are free. */
export const ports: Check = ({ services, takenPorts }) => {
  const taken = services.flatMap(({ nodePort, service }) =>
    nodePort !== undefined && takenPorts.has(nodePort) ? [`${nodePort} (${service})`] : [],
  );
  return taken.length > 0
    ? bad('NodePortTaken', `node ports ${taken.join(', ')} are in use on the destination; free them`)
    : ok('NodePorts', 'free');
};

/** Somebody takes the machines over. */
export const machines: Check = ({ hasMachines, capi }) =>
  hasMachines && !capi
    ? bad(
        'ClusterAPIMissing',
        'the destination does not serve cluster.x-k8s.io, which the machines need; install Cluster API, or move with mode ControlPlaneOnly',
      )
    : ok('ClusterAPI', hasMachines ? 'served' : 'not needed');
