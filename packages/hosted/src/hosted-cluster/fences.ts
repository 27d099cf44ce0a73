/** A cluster that runs elsewhere and must not be started here. */
type Fence = {
  /** For instance its object in the store. */
  name: string;
};

/** Tells which identities are fenced, by a store outside of both management clusters. */
export type Fences = {
  /** The fence that forbids this management cluster to make a control plane of this identity; undefined: it may. */
  forbidding(identity: { namespace: string; name: string; infraId: string | undefined }): Promise<Fence | undefined>;
};
