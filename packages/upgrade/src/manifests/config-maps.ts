import { ConfigMap } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { documentsOf } from './documents.ts';
import type { Manifest } from './manifest.ts';

/** A reference to a ConfigMap in the spec of an upgrade. */
export type ConfigMapRef = { readonly name: string; readonly namespace: string };

/** One value of a ConfigMap, read as far as it can be read. */
export type ConfigMapFile = {
  readonly configMap: string;
  readonly key: string;
  readonly manifests: readonly Manifest[];
  readonly problem?: string;
};

/** What the ConfigMaps hold: `missing` are texts in the API server's words, one for each that is not there. */
export type ConfigMapContents = { readonly files: readonly ConfigMapFile[]; readonly missing: readonly string[] };

/** The values of a ConfigMap, by the order of their keys. */
export const filesOf = (configMap: string, data: Readonly<Record<string, string>> = {}): ConfigMapFile[] =>
  Object.keys(data)
    .sort()
    .map((key) => ({ configMap, key, ...documentsOf(data[key] ?? '') }));

/** Reads the ConfigMaps that a spec names, in its order; each only once. */
export const readConfigMaps = async (cluster: Client, refs: readonly ConfigMapRef[] = []): Promise<ConfigMapContents> => {
  const names = [...new Map(refs.map((ref) => [`${ref.namespace}/${ref.name}`, ref])).values()];
  const found = await Promise.all(names.map(async (ref) => ({ ref, object: await cluster.get(ConfigMap, ref) })));
  return {
    files: found.flatMap(({ ref, object }) => (object === undefined ? [] : filesOf(ref.name, object.data))),
    missing: found.flatMap(({ ref, object }) => (object === undefined ? [`configmaps "${ref.name}" not found`] : [])),
  };
};

/** All manifests, in the order in which they stand. */
export const manifestsOf = ({ files }: ConfigMapContents): Manifest[] => files.flatMap(({ manifests }) => manifests);
