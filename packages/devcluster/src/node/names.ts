/** How the names of all network namespaces and cgroups of ours start. */
export const ALL_SETS = 'gw.';

/** The set to which a network namespace or cgroup of this name belongs; undefined when it is none of ours. */
export const setOfScope = (name: string): string | undefined => /^gw\.([a-z][a-z0-9-]*)\.[a-z][a-z0-9-]*$/.exec(name)?.[1];

/** What every network namespace and cgroup of a set is called starts with this; ids have no dots, so no set's prefix fits another's names. */
export const prefixOf = (set: string): string => `${ALL_SETS}${set}.`;

/** Name of a cluster's network namespace, and of its cgroup in every hierarchy. */
export const nodeScope = (set: string, cluster: string): string => `${prefixOf(set)}${cluster}`;

/** What the bridge of a set carries as its alias, since interface names are too short for ids. */
export const bridgeAlias = (set: string): string => `godwit-dev ${set}`;

/** Name of the bridge in front of 10.N.0.0/16. */
export const bridgeName = (subnet: number): string => `gw${subnet}`;

/** The bridge's own address: the host as nodes and pods see it. */
export const hostAddress = (subnet: number): string => `10.${subnet}.0.1`;
