/** One entry of `spec.namespaces`: the namespace on the source, and its name on the destination. */
export type NamespaceMapping = { source: string; destination: string };

/** Reads `name` or `source:destination`. */
export const namespaceMapping = (entry: string): NamespaceMapping => {
  const [source = '', destination] = entry.split(':');
  return { source, destination: destination === undefined || destination === '' ? source : destination };
};

/** Every entry of a plan's `spec.namespaces`, in order. */
export const namespaceMappings = (plan: { spec: { namespaces?: readonly string[] | undefined } }): NamespaceMapping[] =>
  (plan.spec.namespaces ?? []).map(namespaceMapping);

/** Names of the source namespaces, each once; never `source:destination`. */
export const sourceNamespaces = (plan: { spec: { namespaces?: readonly string[] | undefined } }): string[] => [
  ...new Set(namespaceMappings(plan).map(({ source }) => source)),
];

/** Names of the destination namespaces, each once. */
export const destinationNamespaces = (plan: { spec: { namespaces?: readonly string[] | undefined } }): string[] => [
  ...new Set(namespaceMappings(plan).map(({ destination }) => destination)),
];

/** Whether the entry gives the namespace another name on the destination. */
export const isMapped = ({ source, destination }: NamespaceMapping): boolean => source !== destination;
