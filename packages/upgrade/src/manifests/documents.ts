import { type ParseOptions, parseAllDocuments, type SchemaOptions } from 'yaml';
import { type Manifest, toManifest } from './manifest.ts';

/** What a text holds: the manifests before the first fault, and the fault. */
export type Documents = { readonly manifests: readonly Manifest[]; readonly problem?: string };

/** As kubectl reads YAML: 0644 is octal and `yes` a boolean, but times and numbers to the base 60 stay texts. */
const READING: ParseOptions & SchemaOptions = {
  schema: 'yaml-1.1',
  merge: true,
  customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !tag.tag.endsWith(':timestamp'))),
  prettyErrors: true,
};

const firstLine = (text: string): string => text.split('\n', 1)[0]?.trim() ?? '';

const parsedOf = (text: string): { values: unknown[]; problem?: string } => {
  const values: unknown[] = [];
  for (const document of parseAllDocuments(text, READING)) {
    const [error] = document.errors;
    if (error !== undefined) return { values, problem: firstLine(error.message) };
    try {
      values.push(document.toJS());
    } catch (error) {
      // too many aliases: a small text that unfolds into a huge one
      return { values, problem: firstLine(String((error as Error).message)) };
    }
  }
  return { values };
};

/** Reads a text of YAML or JSON documents; empty ones are left out. */
export const documentsOf = (text: string): Documents => {
  const { values, problem } = parsedOf(text);
  const manifests: Manifest[] = [];
  for (const value of values) {
    if (value === null || value === undefined) continue;
    const manifest = toManifest(value);
    if ('problem' in manifest) return { manifests, problem: String(manifest.problem) };
    manifests.push(manifest);
  }
  return { manifests, ...(problem === undefined ? {} : { problem }) };
};
