/** A node as its versions and its health matter. */
export type CountedNode = { releaseVersion: string; kubeletVersion: string; ready: boolean };

/** How many nodes of a pool run which versions. */
export type NodeVersion = { ocpVersion: string; kubeletVersion: string; readyNodeCount: number; unreadyNodeCount: number };

/** Counts nodes by version, oldest release first; undefined while the pool has no machine. */
export const nodeVersions = (nodes: readonly CountedNode[]): NodeVersion[] | undefined => {
  if (nodes.length === 0) return undefined;
  const groups = Map.groupBy(nodes, ({ releaseVersion, kubeletVersion }) => `${releaseVersion} ${kubeletVersion}`);
  return [...groups.values()]
    .map((group) => ({
      ocpVersion: group[0]?.releaseVersion ?? '',
      kubeletVersion: group[0]?.kubeletVersion ?? '',
      readyNodeCount: group.filter(({ ready }) => ready).length,
      unreadyNodeCount: group.filter(({ ready }) => !ready).length,
    }))
    .toSorted((a, b) => a.ocpVersion.localeCompare(b.ocpVersion, 'en', { numeric: true }));
};
