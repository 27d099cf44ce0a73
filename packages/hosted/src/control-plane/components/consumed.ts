import type { Secret } from '@godwit/api';
import type { Manifest } from '../manifest.ts';

/** Data of Secrets and ConfigMaps by kind and name, as far as components may read it. */
export type ConfigData = ReadonlyMap<string, unknown>;

type Holder = { data?: Record<string, string> };

/** What the namespace holds, with what is about to be written over it. */
export const configDataOf = (secrets: readonly Secret[], manifests: readonly Manifest[]): ConfigData =>
  new Map([
    ...secrets.map(({ metadata, data }) => [`Secret/${metadata.name}`, data] as const),
    ...manifests
      .filter(({ resource: { kind } }) => kind === 'Secret' || kind === 'ConfigMap')
      .map(({ resource, object }) => [`${resource.kind}/${object.metadata.name}`, (object as Holder).data] as const),
  ]);

/** What processes that read these Secrets and ConfigMaps find in them. */
export const consumedOf = (names: readonly string[], data: ConfigData): unknown[] =>
  names.map((name) => [name, data.get(`Secret/${name}`), data.get(`ConfigMap/${name}`)]);
