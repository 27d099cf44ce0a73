/** What is read before anything is changed. */
export type PreflightFacts = {
  source: { uid: string; time: Date };
  /** The identity that the user expects of the source; undefined: any. */
  expected: string | undefined;
  target: { uid: string; time: Date };
  cluster:
    | { infraID: string; release: string; paused: boolean; fenced: string | undefined; deleting: boolean; storageClass: string | undefined }
    | undefined;
  /** Pools of the hosted cluster that are being deleted. */
  goingPools: readonly string[];
  /** Services of the control plane and the host names that they are published under. */
  services: readonly { service: string; type: string; host: string | undefined; nodePort: number | undefined }[];
  /** Owners of these names in DNS, as the authoritative server says. */
  owners: ReadonlyMap<string, string | undefined>;
  /** Names that lead somewhere and carry no owner's mark. */
  unmarked: ReadonlySet<string>;
  zone: string | undefined;
  /** How the destination calls itself in DNS. */
  owner: string;
  releaseProblem: string | undefined;
  /** HostedClusters on the destination, by `namespace/name` and infraID, with the host names of their services. */
  there: readonly { name: string; infraID: string | undefined; hosts: readonly string[] }[];
  wanted: string;
  /** The namespace of the control plane on the destination, when it is there and this move has not made it. */
  home: string | undefined;
  /** Secrets and ConfigMaps that the hosted cluster or a pool refers to and that are not on the source. */
  missing: readonly string[];
  /** Those that are on the destination with other content. */
  differing: readonly string[];
  /** NodePools on the destination that have the name of one that comes. */
  takenPools: readonly string[];
  storageClasses: readonly { name: string; isDefault: boolean }[];
  takenPorts: ReadonlySet<number>;
  /** Whether some other move of this hosted cluster is under way here. */
  rival: string | undefined;
  store: { url: string; fault: string | undefined; isPublic: boolean };
  hasMachines: boolean;
  capi: boolean;
  now: Date;
};

/** One thing that must hold before the move; `problem` says why it does not, and what to do. */
export type Finding = { name: string; result: string; problem?: string };

type Check = (facts: PreflightFacts) => Finding;

const SKEW_SECONDS = 60;

const ok = (name: string, result: string): Finding => ({ name, result });
const bad = (name: string, problem: string): Finding => ({ name, result: problem, problem });

const seconds = (a: Date, b: Date): number => Math.round(Math.abs(a.getTime() - b.getTime()) / 1000);

const clusters: Check = ({ source, target, expected }) => {
  if (expected !== undefined && expected !== source.uid)
    return bad(
      'AnotherSource',
      `the kubeconfig of the source leads to kube-system ${source.uid}, not to ${expected} as spec.source.clusterUID says; correct the Secret`,
    );
  return source.uid === target.uid
    ? bad('SameCluster', `source and destination are the same cluster (kube-system ${source.uid}); name the other management cluster`)
    : ok('Clusters', `kube-system ${source.uid} → ${target.uid}`);
};

const exists: Check = ({ cluster, wanted }) =>
  cluster === undefined
    ? bad('HostedClusterMissing', `HostedCluster ${wanted} is not on the source; check the name and the kubeconfig`)
    : ok('HostedCluster', cluster.infraID);

const free: Check = ({ cluster, goingPools }) => {
  if (cluster?.fenced !== undefined) return bad('SourceFenced', `the HostedCluster carries fence ${cluster.fenced}: it runs elsewhere`);
  if (cluster?.deleting === true) return bad('SourceDeleting', 'the HostedCluster is being deleted; a moved one would come back');
  if (goingPools.length > 0)
    return bad('SourceDeleting', `NodePool ${goingPools.join(', ')} is being deleted; a moved one would come back: wait until it is gone`);
  return cluster?.paused === true
    ? bad('SourcePaused', 'the HostedCluster is paused by somebody else; resume it first')
    : ok('SourceFree', 'neither paused nor fenced');
};

const release: Check = ({ releaseProblem, cluster }) =>
  releaseProblem === undefined
    ? ok('Release', cluster?.release ?? '')
    : bad('ReleaseUnsupported', `the destination does not support the release: ${releaseProblem}`);

const PUBLISHED = new Set(['APIServer', 'Konnectivity', 'Ignition']);

const names: Check = ({ services }) => {
  const unnamed = services.filter(({ service, type, host }) => PUBLISHED.has(service) && type !== 'None' && host === undefined);
  return unnamed.length > 0
    ? bad(
        'HostNameMissing',
        `${unnamed.map(({ service }) => service).join(', ')} have no fixed host name: nodes would not find them again; a cluster can only be moved when every service was given one at its creation`,
      )
    : ok('HostNames', services.flatMap(({ host }) => host ?? []).join(', '));
};

const whole: Check = ({ missing }) =>
  missing.length > 0
    ? bad(
        'ReferencesMissing',
        `the hosted cluster refers to objects that are not on the source: ${missing.join(', ')}; create them, or take the references away`,
      )
    : ok('References', 'all on the source');

const dns: Check = ({ zone, owner, services, owners, unmarked }) => {
  const hosts = services.flatMap(({ host }) => host ?? []);
  if (zone === undefined)
    return bad(
      'DNSMissing',
      'the operator of the destination writes no DNS; start it with --external-dns-provider, --external-dns-credentials and --external-dns-domain-filter',
    );
  const outside = hosts.filter((host) => !host.endsWith(`.${zone}`));
  if (outside.length > 0) return bad('DNSOutsideOfZone', `${outside.join(', ')} are not below ${zone}, which the destination writes`);
  const own = hosts.filter((host) => owners.get(host) === owner);
  if (own.length > 0)
    return bad(
      'DNSOwnerShared',
      `${own.join(', ')} are marked as ${owner}'s, which is what the destination calls itself: the source could not tell its names from the destination's; start one of the two operators with another --management-cluster`,
    );
  const nobodys = hosts.every((host) => owners.get(host) === undefined);
  const left = nobodys
    ? hosts
    : services.flatMap(({ service, host }) => (host && PUBLISHED.has(service) && unmarked.has(host) ? host : []));
  return left.length > 0
    ? bad(
        'DNSNotOwned',
        `${left.join(', ')} carry no owner's mark: the operator of the source does not write them, and would not take them back`,
      )
    : ok('DNS', hosts.map((host) => `${host} is ${owners.get(host) ?? 'nobody'}'s`).join(', '));
};

const destination: Check = ({ there, wanted, home, cluster, rival, differing, takenPools }) => {
  if (differing.length > 0)
    return bad('DestinationTaken', `${differing.join(', ')} are on the destination with other content; delete or rename them`);
  const taken = there.find(({ name, infraID }) => name === wanted || infraID === cluster?.infraID);
  if (taken !== undefined)
    return bad('DestinationTaken', `HostedCluster ${taken.name} is on the destination already; delete it, or choose spec.targetNamespace`);
  if (takenPools.length > 0)
    return bad(
      'DestinationTaken',
      `NodePools ${takenPools.join(', ')} are on the destination already; delete them, or choose spec.targetNamespace`,
    );
  if (home !== undefined)
    return bad(
      'DestinationTaken',
      `Namespace ${home} is on the destination already, perhaps another hosted cluster's; delete it when it is nobody's`,
    );
  return rival === undefined
    ? ok('DestinationFree', wanted)
    : bad('MoveUnderWay', `HostedClusterMigration ${rival} moves this hosted cluster already; wait for it, or cancel it`);
};

const namesFree: Check = ({ services, there }) => {
  const taken = services.flatMap(({ host }) =>
    there.flatMap(({ name, hosts }) => (host && hosts.includes(host) ? [`${host} (${name})`] : [])),
  );
  return taken.length > 0
    ? bad(
        'HostNameTaken',
        `${taken.join(', ')} are the names of another hosted cluster on the destination; delete it, or give it other names`,
      )
    : ok('HostNamesFree', 'no other hosted cluster there has them');
};

const storage: Check = ({ cluster, storageClasses }) => {
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

const ports: Check = ({ services, takenPorts }) => {
  const taken = services.flatMap(({ nodePort, service }) =>
    nodePort !== undefined && takenPorts.has(nodePort) ? [`${nodePort} (${service})`] : [],
  );
  return taken.length > 0
    ? bad('NodePortTaken', `node ports ${taken.join(', ')} are in use on the destination; free them`)
    : ok('NodePorts', 'free');
};

const machines: Check = ({ hasMachines, capi }) =>
  hasMachines && !capi
    ? bad(
        'ClusterAPIMissing',
        'the destination does not serve cluster.x-k8s.io, which the machines need; install Cluster API, or move with mode ControlPlaneOnly',
      )
    : ok('ClusterAPI', hasMachines ? 'served' : 'not needed');

const clocks: Check = ({ source, target, now }) => {
  const skew = Math.max(seconds(source.time, now), seconds(target.time, now), seconds(source.time, target.time));
  return skew >= SKEW_SECONDS
    ? bad('ClockSkew', `clocks differ by ${skew} s; certificates and signatures would not hold: set them right`)
    : ok('Clocks', `${skew} s apart at most`);
};

const store: Check = ({ store: { url, fault, isPublic } }) => {
  if (fault !== undefined) return bad('StoreUnusable', `${url}: ${fault}`);
  return isPublic
    ? bad('BucketPublic', `everybody may read ${url}; take public access away`)
    : ok('Store', `${url} takes and gives, and is not public`);
};

/** What must hold before a move, in the order in which it is told. */
const CHECKS: readonly Check[] = [
  clusters,
  exists,
  free,
  whole,
  release,
  names,
  namesFree,
  dns,
  destination,
  storage,
  ports,
  machines,
  clocks,
  store,
];

/** Judges everything that would make a move fail later. Pure. */
export const preflight = (facts: PreflightFacts): Finding[] => CHECKS.map((check) => check(facts));
