import { type HostedCluster, Namespace } from '@godwit/api';
import { type KubeObject, resource } from '@godwit/kube';
import type { World } from '../../world.ts';
import type { ValidationFacts } from '../validation/configuration-problems.ts';
import { wantsNodePorts } from '../validation/services.ts';

const Network = resource<KubeObject & { spec?: { serviceNodePortRange?: string } }>(
  'config.openshift.io/v1',
  'Network',
  'networks',
  'Cluster',
);

const rangeOf = async ({ management }: World, { services }: HostedCluster['spec']): Promise<string | undefined> =>
  wantsNodePorts(services) ? (await management.get(Network, { name: 'cluster' }))?.spec?.serviceNodePortRange : undefined;

const routesIn = async ({ management }: World, { services }: HostedCluster['spec']): Promise<boolean> =>
  services.some(({ servicePublishingStrategy: { type } }) => type === 'Route') &&
  (await management.discover()).some(({ group, plural }) => group === 'route.openshift.io' && plural === 'routes');

const hasAgents = async ({ management }: World, { platform }: HostedCluster['spec']): Promise<boolean> => {
  const name = platform.type === 'Agent' ? platform.agent?.agentNamespace : undefined;
  return name === undefined || (await management.get(Namespace, { name })) !== undefined;
};

/** Asks the management cluster what a configuration is judged by, and no more than this one needs. */
export const readValidationFacts = async (world: World, spec: HostedCluster['spec']): Promise<ValidationFacts> => {
  const [nodePortRange, servesRoutes, agentNamespaceExists] = await Promise.all([
    rangeOf(world, spec),
    routesIn(world, spec),
    hasAgents(world, spec),
  ]);
  return { spec, nodePortRange, servesRoutes, agentNamespaceExists };
};
