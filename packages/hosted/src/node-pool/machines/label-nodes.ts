import { labels, type Machine, Node, type NodePool } from '@godwit/api';
import type { Effect } from '@godwit/controller';

const ROLE = 'node-role.kubernetes.io/worker';

type Taint = { key: string; value?: string; effect: string };

const sameTaint = (a: Taint) => (b: Taint) => a.key === b.key && a.effect === b.effect;

const withTaints = (present: readonly Taint[], wanted: readonly Taint[]): Taint[] => [
  ...present,
  ...wanted.filter((taint) => !present.some(sameTaint(taint))),
];

/**
 * Marks the nodes of a pool. The role and the pool are always kept; labels and taints of the pool are given once, when a node is new,
 * since whoever changes them on the node later means it. The kubelet may not give itself these labels.
 */
export const labelNodes = ({ metadata: { name = '' }, spec }: NodePool, machines: readonly Machine[], nodes: readonly Node[]): Effect[] =>
  machines.flatMap((machine): Effect[] => {
    const node = nodes.find(({ metadata }) => metadata.name === machine.status?.nodeRef?.name);
    if (node === undefined) return [];
    const isNew = node.metadata.labels?.[labels.nodePool] === undefined;
    if (!isNew && node.metadata.labels?.[ROLE] === '') return [];
    const taints = (node.spec as { taints?: Taint[] } | undefined)?.taints ?? [];
    const patch = {
      metadata: { labels: { [ROLE]: '', [labels.nodePool]: name, ...(isNew ? spec.nodeLabels : {}) } },
      ...(isNew && (spec.taints ?? []).length > 0 ? { spec: { taints: withTaints(taints, spec.taints as Taint[]) } } : {}),
    };
    return [{ do: 'patch', on: 'hosted', resource: Node, name: { name: node.metadata.name ?? '' }, patch }];
  });
