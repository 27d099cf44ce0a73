import { type NamePair, namePair } from '@godwit/api';

type Namespaces = { spec: { namespaces?: readonly string[] | undefined } };

/** Every entry of a plan's `spec.namespaces`, in order. */
export const namespacePairs = ({ spec }: Namespaces): NamePair[] => (spec.namespaces ?? []).map(namePair);

/** Names of the source namespaces, each once; never `source:target`. */
export const sourceNamespaces = (plan: Namespaces): string[] => [...new Set(namespacePairs(plan).map(({ source }) => source))];

/** Names of the target namespaces, each once. */
export const targetNamespaces = (plan: Namespaces): string[] => [...new Set(namespacePairs(plan).map(({ target }) => target))];

/** Whether the target has another name than the source. */
export const isMapped = ({ source, target }: NamePair): boolean => source !== target;
