import { LONGEST_NAMESPACE } from '../../names.ts';

/** The namespace that a control plane has to live in; its name follows from that of the cluster, as `namespace/name` in `wantedBy`. */
export type Home = {
  name: string;
  /** The cluster that it was made for; undefined: it is not there, or nobody's. */
  owner: string | undefined;
  wantedBy: string;
};

/** Why a control plane cannot have its namespace: different clusters can join to one name, and a joined name can be too long. */
export const homeProblems = ({ name, owner, wantedBy }: Home): string[] => [
  ...(name.length > LONGEST_NAMESPACE
    ? [
        `the control plane has to live in namespace ${name}, which has ${name.length} characters and may have ${LONGEST_NAMESPACE}; give the HostedCluster a shorter name`,
      ]
    : []),
  ...(owner !== undefined && owner !== wantedBy
    ? [`namespace ${name}, where the control plane has to live, belongs to HostedCluster ${owner}; give this one another name or namespace`]
    : []),
];
