import { HostedControlPlane, Node, Service } from '@godwit/api';
import { type Controller, hasFinalizer, keyOf, nameOf, type Reader, withFinalizer, withoutFinalizer } from '@godwit/controller';
import { COMPONENT_LABEL } from '../control-plane/manifest.ts';
import { heldIn } from '../hold.ts';
import type { World } from '../world.ts';
import { addressesOf, drop, PUBLISHED, publishedNames, raise, wantedName } from './publish.ts';
import type { DnsZone } from './zone.ts';

const FINALIZER = 'godwit.io/published-names';

const remember = async ({ management }: World, service: Service, names: readonly string[]): Promise<Service> => {
  const { metadata } = service;
  const text = names.join(',');
  if ((metadata.annotations?.[PUBLISHED] ?? '') === text) return service;
  const { namespace, name = '' } = metadata;
  return management.patch(Service, { namespace, name }, { metadata: { annotations: { [PUBLISHED]: text === '' ? null : text } } });
};

const publish = async (world: World, zone: DnsZone, found: Service, wanted: string): Promise<void> => {
  const nodes = await world.cache(world.management, Node);
  const addresses = addressesOf(found, nodes.list());
  if (addresses.length === 0) return; // the load balancer has not answered yet; its answer wakes us
  const service = await withFinalizer(world.management, Service, found, FINALIZER);
  // Written down first: a name that is in the zone must never be forgotten.
  await remember(world, service, [...new Set([...publishedNames(service), wanted])]);
  const resource = `service/${service.metadata.namespace}/${service.metadata.name}`;
  await raise(zone, wanted, addresses, { owner: world.settings.managementCluster, resource });
};

/** While a cluster moves, and when its control plane is gone, its names rest: they lead to one management cluster, or to none. */
const isHeld = async ({ management }: World, { metadata: { namespace } }: Service): Promise<boolean> => {
  const { items } = await management.list(HostedControlPlane, { namespace });
  return !items.some((controlPlane) => controlPlane.metadata.deletionTimestamp === undefined && !heldIn(controlPlane).has('dns'));
};

const settle = async (world: World, zone: DnsZone, service: Service): Promise<void> => {
  const wanted = (await isHeld(world, service)) ? undefined : wantedName(service);
  for (const name of publishedNames(service)) if (name !== wanted) await drop(zone, name, world.settings.managementCluster);
  if (wanted === undefined) {
    await withoutFinalizer(world.management, Service, await remember(world, service, []), FINALIZER);
    return;
  }
  await publish(world, zone, service, wanted);
};

/** Publishes the host names of control planes' Services where this management cluster may write names, as ExternalDNS would. */
export const dnsControllers = (world: World): Controller[] => {
  const { management: client, dns: zone } = world;
  if (zone === undefined) return [];
  let services: Reader<Service> | undefined;
  const servicesIn = (namespace: string | undefined): string[] => (services?.list(namespace) ?? []).map(keyOf);
  return [
    {
      name: 'dns',
      sources: [
        { client, resource: Service, labelSelector: COMPONENT_LABEL, keys: (service) => [keyOf(service)] },
        { client, resource: HostedControlPlane, keys: ({ metadata }) => servicesIn(metadata.namespace) },
      ],
      reconcile: async (key) => {
        services ??= await world.cache(client, Service, { labelSelector: COMPONENT_LABEL });
        const service = await client.get(Service, nameOf(key));
        if (service !== undefined && (wantedName(service) !== undefined || hasFinalizer(service, FINALIZER)))
          await settle(world, zone, service);
        return undefined;
      },
    },
  ];
};
