import { kind, type ObjectOf } from '../kind.ts';
import { anyFields } from '../schema.ts';
import { migrationKind } from './common.ts';

const spec = anyFields().describe(
  'Parameters of the installation by name, for instance mig_pv_limit; readMigrationController knows their defaults.',
);
const status = anyFields().describe('What the operator has to tell.');

/** How the product is installed; there is one, named migration-controller. */
export const MigrationController = kind(
  {
    ...migrationKind,
    kind: 'MigrationController',
    description: 'How the product is installed; there is one, named migration-controller.',
    plural: 'migrationcontrollers',
  },
  spec,
  status,
);
/** How the product is installed. */
export type MigrationController = ObjectOf<typeof MigrationController>;
