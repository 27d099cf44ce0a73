import type { KubeObject } from '@godwit/kube';

/** An object as a user wrote it: it has a kind, and perhaps a name; everything else is as hostile as it was. */
export type Manifest = KubeObject;

/** How an object is called in messages: `<Kind>[<name>]`. */
export const titleOf = ({ kind, metadata }: Manifest): string => `${kind}[${metadata.name ?? ''}]`;

/** An annotation as text; users forget to quote numbers. */
export const annotationOf = ({ metadata }: Manifest, key: string): string | undefined => {
  const value: unknown = metadata.annotations?.[key];
  return value === undefined || value === null ? undefined : String(value);
};

/** The object without annotations of these names. */
export const withoutAnnotation = <T extends Manifest>(manifest: T, key: string): T => {
  if (manifest.metadata.annotations?.[key] === undefined) return manifest;
  const { [key]: _, ...annotations } = manifest.metadata.annotations;
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Makes a manifest of a parsed document, or says why it is none. */
export const toManifest = (document: unknown): Manifest | { problem: string } => {
  if (!isRecord(document))
    return { problem: `an object is expected, this is ${Array.isArray(document) ? 'a list' : `a ${typeof document}`}` };
  const { apiVersion, kind, metadata = {} } = document;
  if (!isText(kind)) return { problem: "Object 'Kind' is missing" };
  if (!isText(apiVersion)) return { problem: "Object 'apiVersion' is missing" };
  if (!isRecord(metadata)) return { problem: 'metadata is not an object' };
  for (const field of ['name', 'namespace'])
    if (metadata[field] !== undefined && typeof metadata[field] !== 'string') return { problem: `metadata.${field} is not a text` };
  for (const field of ['annotations', 'labels'])
    if (metadata[field] !== undefined && metadata[field] !== null && !isRecord(metadata[field]))
      return { problem: `metadata.${field} is not an object` };
  return { ...document, apiVersion, kind, metadata };
};
