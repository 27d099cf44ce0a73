import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { conditionColumn, hypershiftKind, messageColumn } from './common.ts';

const status = fields({
  conditions: standardConditions,
  version: z.string().optional().describe('Version of the release that the component runs.'),
  resources: z
    .array(
      fields({
        kind: z.string().describe('Kind of the object. Required.'),
        group: z.string().describe('Its API group; empty for the core group. Required.'),
        name: z.string().describe('Its name. Required.'),
      }),
    )
    .optional()
    .describe('The objects that the component is made of.'),
  observedGeneration: z.int().optional().describe('Generation of the component for which this was computed.'),
});

/** How one component of a control plane is doing; named like the component. */
export const ControlPlaneComponent = kind(
  {
    ...hypershiftKind,
    kind: 'ControlPlaneComponent',
    description: 'How one component of a control plane is doing; named like the component.',
    plural: 'controlplanecomponents',
    shortNames: ['cpc', 'cpcs'],
    columns: [
      { name: 'Version', type: 'string', jsonPath: '.status.version' },
      conditionColumn('Available'),
      conditionColumn('RolloutComplete'),
      messageColumn('Available'),
      { ...messageColumn('RolloutComplete'), name: 'RolloutCompleteMessage', priority: 1 },
    ],
  },
  fields({}),
  status,
);
/** How one component of a control plane is doing. */
export type ControlPlaneComponent = ObjectOf<typeof ControlPlaneComponent>;
