import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields } from '../schema.ts';
import { clusterReferences, migrationKind, running } from './common.ts';

const spec = fields({
  ...clusterReferences,
  imageStreamRef: objectReference.optional().describe('The image stream to copy. Needed, though not required by the schema.'),
  destNamespace: z.string().optional().describe('Namespace on the target cluster. Omitted: as on the source.'),
});

/** A copy of one image stream straight from one registry to another. */
export const DirectImageStreamMigration = kind(
  {
    ...migrationKind,
    kind: 'DirectImageStreamMigration',
    description: 'A copy of one image stream straight from one registry to another.',
    plural: 'directimagestreammigrations',
    shortNames: ['dism'],
  },
  spec,
  fields(running),
);
/** A copy of one image stream straight from one registry to another. */
export type DirectImageStreamMigration = ObjectOf<typeof DirectImageStreamMigration>;
