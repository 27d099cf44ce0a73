import type { Client, Resource } from '@godwit/kube';
import type { World } from '../../world.ts';
import type { Manifest } from '../manifest.ts';
import type { Seen } from '../observe.ts';
import { ours } from './manifests/inside.ts';

/** The kinds of some manifests, each once. */
export const kindsOf = (manifests: readonly Manifest[]): Resource[] => [...new Set(manifests.map(({ resource }) => resource))];

/** What is there of these kinds inside of a hosted cluster, as watches of Godwit's own objects show it. */
export const seeInside = async ({ cache }: World, client: Client, kinds: readonly Resource[]): Promise<Pick<Seen, 'of'>> => {
  const readers = new Map(await Promise.all(kinds.map(async (kind) => [kind, await cache(client, kind, ours(kind))] as const)));
  return { of: ({ resource, object }) => readers.get(resource)?.get({ ...object.metadata, name: object.metadata.name ?? '' }) };
};
