/** Ports that Services of type NodePort may use, both ends included. */
export type NodePortRange = { low: number; high: number };

const DEFAULT: NodePortRange = { low: 30_000, high: 32_767 };

/**
 * Reads the range of the management cluster's network settings, for instance `30000-32767`. Empty: 30000-32767.
 * The numbers are not bounded, as upstream takes them. Undefined: the text is no range.
 */
export const nodePortRange = (text: string | undefined): NodePortRange | undefined => {
  if (!text) return DEFAULT;
  const [, low, high] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (low === undefined || high === undefined || Number(low) > Number(high)) return undefined;
  return { low: Number(low), high: Number(high) };
};
