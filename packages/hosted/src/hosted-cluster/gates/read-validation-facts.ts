import { annotations, type HostedCluster, Namespace } from '@godwit/api';
import { type KubeObject, resource } from '@godwit/kube';
import { controlPlaneNamespace } from '../../names.ts';
import type { World } from '../../world.ts';
import type { ValidationFacts } from '../validation/configuration-problems.ts';
import type { Home } from '../validation/home.ts';
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

const homeOf = async ({ management }: World, { metadata: { namespace = '', name = '' } }: HostedCluster): Promise<Home> => {
  const home = controlPlaneNamespace({ namespace, name });
  const place = await management.get(Namespace, { name: home });
  return { name: home, owner: place?.metadata.annotations?.[annotations.hostedCluster], wantedBy: `${namespace}/${name}` };
};

/** Asks the management cluster what a configuration is judged by, and no more than this one needs. */
export const readValidationFacts = async (world: World, cluster: HostedCluster): Promise<ValidationFacts> => {
  const { spec } = cluster;
  const [nodePortRange, servesRoutes, agentNamespaceExists, home] = await Promise.all([
    rangeOf(world, spec),
    routesIn(world, spec),
    hasAgents(world, spec),
    homeOf(world, cluster),
  ]);
  return { spec, nodePortRange, servesRoutes, agentNamespaceExists, home };
};
