import { z } from 'zod';
import type { CustomResourceDefinition } from '../core/index.ts';
import { godwitKinds } from '../godwit/index.ts';
import { hypershiftKinds } from '../hypershift/index.ts';
import { infrastructureKinds } from '../infrastructure/index.ts';
import type { Identity, Kind } from '../kind.ts';
import { lcaKinds } from '../lca/index.ts';
import { migrationKinds } from '../migration/index.ts';
import { veleroKinds } from '../velero/index.ts';
import { type JsonSchema, structural } from './structural.ts';

const schemaOf = (schema: z.ZodType, description: string): JsonSchema => {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return { description, ...structural(body as JsonSchema) };
};

type Schemas = Pick<Kind, 'specSchema' | 'statusSchema'>;

const openAPIV3Schema = ({ description, validations }: Identity, { specSchema, statusSchema }: Schemas): JsonSchema => ({
  type: 'object',
  description,
  ...(validations === undefined ? {} : { 'x-kubernetes-validations': validations.map((each) => ({ ...each })) }),
  properties: {
    apiVersion: { type: 'string', description: 'API group and version of the object.' },
    kind: { type: 'string', description: 'Kind of the object.' },
    metadata: { type: 'object' },
    spec: schemaOf(specSchema, 'What is wanted.'),
    status: schemaOf(statusSchema, 'What is the case; written by the controllers.'),
  },
});

const names = ({ kind, plural, shortNames, categories }: Identity) => ({
  kind,
  listKind: `${kind}List`,
  plural,
  singular: kind.toLowerCase(),
  ...(shortNames === undefined ? {} : { shortNames: [...shortNames] }),
  ...(categories === undefined ? {} : { categories: [...categories] }),
});

const subresources = ({ status, scale }: Identity) =>
  status === 'subresource' ? { subresources: { status: {}, ...(scale === undefined ? {} : { scale: { ...scale } }) } } : {};

const versionBody = (kind: Identity, schemas: Schemas) => ({
  schema: { openAPIV3Schema: openAPIV3Schema(kind, schemas) },
  ...(kind.columns === undefined ? {} : { additionalPrinterColumns: kind.columns.map((column) => ({ ...column })) }),
  ...subresources(kind),
});

/** The CustomResourceDefinition of a kind: one served and stored version, earlier ones that wait for an operator, descriptions of every field. */
export const crd = (kind: Kind): CustomResourceDefinition => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.plural}.${kind.group}`, ...(kind.labels === undefined ? {} : { labels: { ...kind.labels } }) },
  spec: {
    group: kind.group,
    names: names(kind),
    scope: kind.scope,
    versions: [
      { name: kind.version, served: true, storage: true, ...versionBody(kind, kind) },
      ...(kind.earlier ?? []).map((each) => ({
        name: each.version,
        served: false,
        storage: false,
        deprecated: true,
        deprecationWarning: each.deprecationWarning,
        ...versionBody(kind, each),
      })),
    ],
  },
});

/** Every kind that this product serves itself. */
export const ownKinds: readonly Kind[] = [
  ...migrationKinds,
  ...veleroKinds,
  ...hypershiftKinds,
  ...godwitKinds,
  ...infrastructureKinds,
  ...lcaKinds,
];

/** The CustomResourceDefinitions of every kind that this product serves itself. */
export const crds = (): CustomResourceDefinition[] => ownKinds.map(crd);
