import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields, int32 } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { infrastructureKind, initialization } from './common.ts';

const controlPlaneEndpoint = fields({
  host: z.string().max(253).optional().describe('Host name or address.'),
  port: int32().optional().describe('Port.'),
});

/** What the local machines of one cluster have in common. */
export const LocalCluster = kind(
  {
    ...infrastructureKind,
    kind: 'LocalCluster',
    description: 'What the local machines of one cluster have in common.',
    plural: 'localclusters',
    columns: [
      { name: 'Provisioned', type: 'string', jsonPath: '.status.initialization.provisioned' },
      { name: 'Endpoint', type: 'string', jsonPath: '.spec.controlPlaneEndpoint.host' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  },
  fields({ controlPlaneEndpoint: controlPlaneEndpoint.optional().describe('Where the API server of the cluster is reached.') }),
  fields({ initialization, conditions: standardConditions }),
);
/** What the local machines of one cluster have in common. */
export type LocalCluster = ObjectOf<typeof LocalCluster>;
