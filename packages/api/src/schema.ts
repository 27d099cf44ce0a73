import { z } from 'zod';

/**
 * An object schema that is typed strictly but keeps unknown fields when it parses, so that nothing a newer writer added is lost.
 * In a CRD it is closed: the API server prunes what is not listed.
 */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip> =>
  z.looseObject(shape) as unknown as z.ZodObject<Shape, z.core.$strip>;

const keepsUnknown = { 'x-kubernetes-preserve-unknown-fields': true } as const;

/** Any object at all; the API server keeps every field of it. */
export const anyFields = (): z.ZodType<Record<string, unknown>> => z.looseObject({}).meta(keepsUnknown);

/** A string whose known values are listed for the reader; others are accepted too, as upstream's schemas accept them. */
export const word = <Known extends string>(..._known: Known[]): z.ZodType<Known | (string & {})> => z.string();

/** A point in time, RFC 3339 in UTC or with an offset. */
export const time = () => z.iso.datetime({ offset: true });

/** A length of time in Go's notation, for instance 720h0m0s or 10m. */
export const duration = () => z.string();

/** A Kubernetes quantity: a number of units, or a string such as 10Gi. */
export const quantity = () => z.union([z.int(), z.string()]).meta({ 'x-kubernetes-int-or-string': true });

/** Bytes in base64. */
export const bytes = () => z.string().meta({ format: 'byte' });

/** A list of strings. */
export const strings = () => z.array(z.string());

/** A list of strings for which clients also send null. */
export const stringsOrNull = () => strings().nullish();

/** A map from string to string. */
export const stringMap = () => z.record(z.string(), z.string());

/** An object whose listed fields are checked, and of which the API server keeps every other field too. */
export const openFields = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip> =>
  fields(shape).meta(keepsUnknown) as z.ZodObject<Shape, z.core.$strip>;

/** A whole number of 32 bits, as the scale subresource asks for. */
export const int32 = () => z.int().meta({ format: 'int32' });

/** A list of which the server knows an entry by these fields, so that writers can own entries. */
export const listBy = <Item extends z.ZodType>(keys: readonly string[], item: Item) =>
  z.array(item).meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [...keys] });

/** A list that is replaced as a whole. */
export const wholeList = <Item extends z.ZodType>(item: Item) => z.array(item).meta({ 'x-kubernetes-list-type': 'atomic' });
