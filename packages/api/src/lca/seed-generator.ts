import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { checked } from '../rules.ts';
import { fields, time } from '../schema.ts';
import { lcaKind, pullSpec } from './common.ts';
import { orderedConditions } from './image-based-upgrade-status.ts';

/** The one name that a SeedGenerator may have. */
export const SEED_GENERATOR_NAME = 'seedimage';

const spec = checked(
  fields({
    seedImage: pullSpec().optional().describe('Where the seed image is pushed to.'),
    recertImage: pullSpec().optional().describe('Image that renews certificates. Omitted: the one that comes with the agent.'),
  }),
  { rule: 'self == oldSelf', message: 'cannot modify spec, cr must be deleted and recreated' },
);

const status = fields({
  observedGeneration: z.int().optional().describe('The generation that was last handled.'),
  startedAt: time().optional().describe('When it began.'),
  completedAt: time().optional().describe('When it was completed. Omitted: it is not.'),
  conditions: orderedConditions,
});

/** Makes a seed image of this cluster, once. */
export const SeedGenerator = kind(
  {
    ...lcaKind,
    kind: 'SeedGenerator',
    description: 'Makes a seed image of this cluster, once.',
    plural: 'seedgenerators',
    shortNames: ['seedgen'],
    columns: [
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      { name: 'State', type: 'string', jsonPath: '.status.conditions[-1:].type' },
      { name: 'Details', type: 'string', jsonPath: '.status.conditions[-1:].message' },
    ],
    validations: [
      {
        rule: `self.metadata.name == '${SEED_GENERATOR_NAME}'`,
        message: `seedgen is a singleton, metadata.name must be '${SEED_GENERATOR_NAME}'`,
      },
    ],
  },
  spec,
  status,
);
/** Makes a seed image of this cluster, once. */
export type SeedGenerator = ObjectOf<typeof SeedGenerator>;
