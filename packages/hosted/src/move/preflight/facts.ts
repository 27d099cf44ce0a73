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
