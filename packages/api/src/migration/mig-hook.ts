import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields, word } from '../schema.ts';
import { ageColumn, migrationKind, readyColumn } from './common.ts';
import { conditions } from './condition.ts';

const spec = fields({
  custom: z.boolean().describe('Runs the image as it is; false runs the playbook in it. Required.'),
  image: z.string().describe('Image of the Job. Required.'),
  playbook: z.string().optional().describe('Ansible playbook in base64. Needed unless custom is true.'),
  targetCluster: word('source', 'destination').describe('Where the Job runs: source or destination. Required.'),
  activeDeadlineSeconds: z.int().optional().describe('Seconds after which the Job is stopped. Omitted: 1800.'),
});

const status = fields({
  conditions,
  observedGeneration: z.int().optional().describe('The generation that was last reconciled, plus one, as upstream counts it.'),
});

/** Work of your own that runs at a certain moment of a migration. */
export const MigHook = kind(
  {
    ...migrationKind,
    kind: 'MigHook',
    description: 'Work of your own that runs at a certain moment of a migration.',
    plural: 'mighooks',
    columns: [
      readyColumn,
      { name: 'Image', type: 'string', jsonPath: '.spec.image' },
      { name: 'TargetCluster', type: 'string', jsonPath: '.spec.targetCluster' },
      ageColumn,
    ],
  },
  spec,
  status,
);
/** Work of your own that runs at a certain moment of a migration. */
export type MigHook = ObjectOf<typeof MigHook>;
