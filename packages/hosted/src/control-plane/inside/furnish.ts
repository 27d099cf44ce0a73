import { DaemonSet, Machine, Node } from '@godwit/api';
import type { Round, StandardClaim } from '@godwit/controller';
import { type Client, isApiError, type Resource } from '@godwit/kube';
import type { Release } from '../../release/release.ts';
import type { World } from '../../world.ts';
import { createWriter } from '../apply/writer.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { Seen } from '../observe.ts';
import type { Endpoint } from '../pki/kubeconfigs.ts';
import { type TextData, textOf } from '../pki/secret-data.ts';
import { approveRequests } from './approve.ts';
import { expectedNodes, nodeNames } from './known-nodes.ts';
import { insideManifests } from './manifests/all.ts';
import { ours, SYSTEM } from './manifests/inside.ts';
import { AGENT } from './manifests/konnectivity-agent.ts';
import { kindsOf, seeInside } from './see-inside.ts';
import { SIGNING_REQUESTS } from './signing-request.ts';

/** What a hosted cluster is furnished with, and by what. */
export type Furnishing = {
  plane: ControlPlane;
  annotations: Readonly<Record<string, string>>;
  /** Undefined: what is inside stays as it is. */
  release: Release | undefined;
  konnectivity: Endpoint | undefined;
  seen: Pick<Seen, 'secrets'>;
  client: Client;
  key: string;
  round: Round;
};

/** What was found inside of a hosted cluster. */
export type Inside = { nodes: number; claims: readonly StandardClaim[] };

const claim = (type: string, status: StandardClaim['status'], reason: string, message: string): StandardClaim => ({
  type,
  status,
  reason,
  message,
});

/** Whether control plane and nodes reach each other, by what the agents say of themselves. */
const connectionClaims = (nodes: number, agents: DaemonSet | undefined): StandardClaim[] =>
  ['DataPlaneConnectionAvailable', 'ControlPlaneConnectionAvailable'].map((type) => {
    if (nodes === 0) return claim(type, 'Unknown', 'NoWorkerNodesAvailable', 'No worker nodes are available');
    return (agents?.status?.numberReady ?? 0) > 0
      ? claim(type, 'True', 'AsExpected', 'All is well')
      : claim(type, 'False', 'KonnectivityAgentPodsNotFound', `No pod of DaemonSet ${SYSTEM}/${AGENT} is ready`);
  });

const furnished: StandardClaim = claim('ConfigOperatorReconciliationSucceeded', 'True', 'AsExpected', 'All is well');

const agentOf = ({ secrets }: Pick<Seen, 'secrets'>): TextData => {
  const find = (name: string) => secrets.find(({ metadata }) => metadata.name === name);
  const [agent, signer] = [find('konnectivity-agent'), find('konnectivity-signer')];
  return { ...(agent ? textOf(agent) : {}), 'ca.crt': signer ? (textOf(signer)['ca.crt'] ?? '') : '' };
};

/** Machines of the hosted cluster; none where Cluster API is not installed. */
const machinesOf = async (world: World, { namespace, localInfrastructure }: ControlPlane): Promise<readonly Machine[]> => {
  if (!localInfrastructure) return [];
  try {
    return (await world.cache(world.management, Machine, { namespace })).list(namespace);
  } catch (error) {
    if (isApiError(error, 'NotFound')) return [];
    throw error;
  }
};

/** Each hosted cluster is seen by its own client, so whatever it shows belongs to one control plane. */
const watch = ({ round, client, key, plane }: Furnishing, kinds: readonly Resource[], world: World): void => {
  const keys = () => [key];
  round.watch({ client, resource: SIGNING_REQUESTS, keys });
  round.watch({ client, resource: Node, keys });
  for (const resource of kinds) round.watch({ client, resource, ...ours(resource), keys });
  if (plane.localInfrastructure) round.watch({ client: world.management, resource: Machine, namespace: plane.namespace, keys });
};

/** Furnishes hosted clusters; what is missing inside, or has been changed there, is written again. */
export const createFurnisher =
  (world: World) =>
  async (furnishing: Furnishing): Promise<Inside> => {
    const { plane, release, konnectivity, seen, client, annotations, round } = furnishing;
    const manifests = release === undefined ? [] : insideManifests(plane, { release, konnectivity, agent: agentOf(seen) });
    const kinds = kindsOf(manifests);
    watch(furnishing, kinds, world);
    await createWriter(client, kinds).write(manifests, await seeInside(world, client, kinds), round.signal);
    const [requests, nodes, agents, machines] = await Promise.all([
      world.cache(client, SIGNING_REQUESTS),
      world.cache(client, Node),
      world.cache(client, DaemonSet, ours(DaemonSet)),
      machinesOf(world, plane),
    ]);
    const facts = { expected: expectedNodes(machines, annotations), nodes: nodeNames(nodes.list()) };
    await approveRequests(client, requests.list(), facts, world.log);
    const count = nodes.list().length;
    const connection = connectionClaims(count, agents.get({ namespace: SYSTEM, name: AGENT }));
    return { nodes: count, claims: [...(release === undefined ? [] : [furnished]), ...connection] };
  };
