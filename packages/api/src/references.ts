import { z } from 'zod';
import { fields, stringMap, strings } from './schema.ts';

const atomic = { 'x-kubernetes-map-type': 'atomic' } as const;

/** The fields of a reference to an object; also spread into entries that are references with something added. */
export const referenceFields = {
  apiVersion: z.string().optional().describe('API group and version of the object. Omitted: the kind that the field is meant for.'),
  fieldPath: z.string().optional().describe('A part of the object. Not used here.'),
  kind: z.string().optional().describe('Kind of the object. Omitted: the kind that the field is meant for.'),
  name: z.string().optional().describe('Name of the object.'),
  namespace: z.string().optional().describe('Namespace of the object.'),
  resourceVersion: z.string().optional().describe('Version of the object. Not used here.'),
  uid: z.string().optional().describe('UID of the object. Omitted: any object of that name.'),
};

/** Names another object by namespace and name. */
export const objectReference = fields(referenceFields).meta(atomic);
/** Names another object by namespace and name. */
export type ObjectReference = z.infer<typeof objectReference>;

/** Names an object of the same namespace. */
export const localReference = fields({
  apiGroup: z.string().optional().describe('API group of the object. Omitted: the core group.'),
  kind: z.string().describe('Kind of the object. Required.'),
  name: z.string().describe('Name of the object. Required.'),
}).meta(atomic);

/** Names one key of a Secret of the same namespace. */
export const secretKey = fields({
  key: z.string().describe('The key in the Secret. Required.'),
  name: z.string().optional().describe('Name of the Secret.'),
  optional: z.boolean().optional().describe('Whether the Secret or its key may be absent. Omitted: false.'),
}).meta(atomic);

/** Selects objects by their labels; an empty selector selects everything. */
export const labelSelector = fields({
  matchExpressions: z
    .array(
      fields({
        key: z.string().describe('The label key. Required.'),
        operator: z.string().describe('In, NotIn, Exists or DoesNotExist. Required.'),
        values: strings().optional().describe('The values for In and NotIn; empty for the others.'),
      }),
    )
    .optional()
    .describe('Conditions that must all hold. Omitted: none.'),
  matchLabels: stringMap().optional().describe('Labels that must all be there with exactly these values. Omitted: none.'),
}).meta(atomic);
/** Selects objects by their labels. */
export type LabelSelector = z.infer<typeof labelSelector>;
