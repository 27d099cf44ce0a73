import type { Machine, Node } from '@godwit/api';

/** Names of machines that may become nodes without a Machine: a comma list, on the HostedCluster. */
const NODES_ANNOTATION = 'godwit.io/nodes';

const lastPart = (path: string | undefined): string[] => path?.split('/').filter(Boolean).slice(-1) ?? [];

const namesOf = ({ metadata, spec, status }: Machine): string[] =>
  metadata.deletionTimestamp !== undefined
    ? []
    : [metadata.name ?? '', spec.infrastructureRef?.name ?? '', status?.nodeRef?.name ?? '', ...lastPart(spec.providerID)].filter(Boolean);

/** Names under which machines may join: those of Machines that are to stay, and those that somebody has listed. */
export const expectedNodes = (machines: readonly Machine[], annotations: Readonly<Record<string, string>> = {}): ReadonlySet<string> =>
  new Set([
    ...machines.flatMap(namesOf),
    ...(annotations[NODES_ANNOTATION] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ]);

/** A node as far as its certificates are judged: names and addresses that are its own. */
export type NodeNames = { names: ReadonlySet<string>; addresses: ReadonlySet<string> };

const NAMES: readonly string[] = ['Hostname', 'InternalDNS', 'ExternalDNS'];

/** What each node of the hosted cluster is called, and where it is. */
export const nodeNames = (nodes: readonly Node[]): ReadonlyMap<string, NodeNames> =>
  new Map(
    nodes.map(({ metadata, status }) => {
      const all = status?.addresses ?? [];
      const names = all.filter(({ type }) => NAMES.includes(type)).map(({ address }) => address);
      const addresses = all.filter(({ type }) => !NAMES.includes(type)).map(({ address }) => address);
      return [metadata.name ?? '', { names: new Set([...names, metadata.name ?? '']), addresses: new Set(addresses) }] as const;
    }),
  );
