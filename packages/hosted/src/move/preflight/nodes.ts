import { labels, Machine, type MoveNode, Node, Secret, Service } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import { connect } from '@godwit/kube';
import { accessTo } from '../../control-plane/hosted-access.ts';
import { components } from '../../names.ts';
import { listServed } from '../list-served.ts';
import type { Scope } from '../scope.ts';

/** The nodes of the hosted cluster, asked of it while it still serves on the source. Throws when it does not answer. */
const nodesOn = async ({ source, at }: Scope): Promise<Node[]> => {
  const [kubeconfig, service, nodes] = await Promise.all([
    source.get(Secret, { namespace: at.source.home, name: 'admin-kubeconfig' }),
    source.get(Service, { namespace: at.source.home, name: components.apiServer }),
    source.list(Node),
  ]);
  const access = accessTo({ kubeconfig, service, nodes: nodes.items, namespace: at.source.home, inCluster: false });
  if (access === undefined)
    throw new Error(`the control plane in ${at.source.home} has no address or no kubeconfig; wait until it is available`);
  const hosted = connect(access);
  try {
    return (await hosted.list(Node)).items;
  } finally {
    await hosted.close();
  }
};

/** The nodes as they are before the move: who must be there again after it. */
export const nodesBefore = async (scope: Scope): Promise<MoveNode[]> => {
  const [machines, nodes] = await Promise.all([listServed(scope.source, Machine, scope.at.source.home), nodesOn(scope)]);
  return nodes.map((node) => {
    const { metadata, spec } = node;
    const machine = machines.find(({ status }) => status?.nodeRef?.name === metadata.name);
    const providerID = machine?.spec.providerID ?? (spec as { providerID?: string } | undefined)?.providerID;
    return {
      name: metadata.name ?? '',
      uid: metadata.uid ?? '',
      ...(isTrue(node.status?.conditions, 'Ready') ? {} : { unready: true }),
      ...(providerID === undefined ? {} : { providerID }),
      ...(machine === undefined
        ? {}
        : { machine: machine.metadata.name ?? '', nodePool: machine.metadata.labels?.[labels.deploymentName] ?? '' }),
    };
  });
};
