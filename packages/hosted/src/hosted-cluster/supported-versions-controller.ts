import { ConfigMap, Namespace } from '@godwit/api';
import type { Controller, Effect } from '@godwit/controller';
import { SUPPORTED_VERSIONS_LABEL, supportedVersionsData } from '../release/supported-versions.ts';
import type { Settings, World } from '../world.ts';
import { MANAGEMENT, onManagement } from './management.ts';

const NAME = 'supported-versions';

/** ConfigMap `supported-versions` in the operator's namespace, which is made when it is missing. Pure. */
const supportedVersionsEffects = ({ namespace, versions, serverVersion }: Settings): Effect[] => [
  { do: 'create', on: MANAGEMENT, resource: Namespace, object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } },
  {
    do: 'apply',
    on: MANAGEMENT,
    resource: ConfigMap,
    object: {
      metadata: { namespace, name: NAME, labels: { [SUPPORTED_VERSIONS_LABEL]: 'true' } },
      data: supportedVersionsData(versions, serverVersion),
    },
  },
];

/** Publishes which versions this operator can deploy, and writes it anew when somebody changes or deletes it. */
export const supportedVersionsController = (world: World): Controller => {
  const { management: client, settings } = world;
  const key = `${settings.namespace}/${NAME}`;
  return {
    name: 'supported-versions',
    sources: [
      { client, resource: ConfigMap, namespace: settings.namespace, keys: ({ metadata }) => (metadata.name === NAME ? [key] : []) },
      // at the start there may be no ConfigMap, but there always is a namespace
      {
        client,
        resource: Namespace,
        keys: ({ metadata }) => (metadata.name === 'default' || metadata.name === settings.namespace ? [key] : []),
      },
    ],
    concurrency: 1,
    reconcile: async () => {
      await onManagement(world, supportedVersionsEffects(settings));
      return undefined;
    },
  };
};
