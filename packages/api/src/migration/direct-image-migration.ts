import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { labelSelector, objectReference, referenceFields } from '../references.ts';
import { fields, strings } from '../schema.ts';
import { clusterReferences, migrationKind, running } from './common.ts';

const spec = fields({
  ...clusterReferences,
  namespaces: strings().optional().describe('Namespaces whose image streams are copied: name, or source:target.'),
  labelSelector: labelSelector.optional().describe('Labels of the image streams to copy. Omitted: all.'),
});

const imageStream = fields({
  ...referenceFields,
  destNamespace: z.string().optional().describe('Namespace on the target cluster.'),
  notFound: z.boolean().optional().describe('Whether the image stream is gone. Omitted: false.'),
  directMigration: objectReference.optional().describe('The DirectImageStreamMigration that copies it.'),
  errors: strings().optional().describe('What went wrong with it. Omitted: nothing.'),
});

const streams = (what: string) => z.array(imageStream).optional().describe(`Image streams that ${what}.`);

const status = fields({
  ...running,
  newISs: streams('are still to be copied'),
  successfulISs: streams('were copied'),
  deletedISs: streams('were gone before they could be copied'),
  failedISs: streams('could not be copied'),
});

/** A copy of images straight from one registry to another. */
export const DirectImageMigration = kind(
  {
    ...migrationKind,
    kind: 'DirectImageMigration',
    description: 'A copy of images straight from one registry to another.',
    plural: 'directimagemigrations',
    shortNames: ['dim'],
  },
  spec,
  status,
);
/** A copy of images straight from one registry to another. */
export type DirectImageMigration = ObjectOf<typeof DirectImageMigration>;
