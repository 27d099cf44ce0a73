/** A `pvc.name` of a plan: the claim on the source, and its name on the destination (`source:target` when they differ). */
export type ClaimName = { source: string; target: string };

/** Reads `name` or `source:target`. */
export const claimName = (name: string): ClaimName => {
  const [source = '', target] = name.split(':');
  return { source, target: target === undefined || target === '' ? source : target };
};
