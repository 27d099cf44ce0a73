import type { Client, KubeObject, ServedResource } from '@godwit/kube';
import { selectorText } from '../select/label-selector.ts';
import type { NamespaceFilter } from '../select/namespace-filter.ts';
import type { LabelSelector } from '../velero.ts';
import { ahead } from './ahead.ts';

/** Up to so many namespaces are listed one by one, which needs no rights beyond them; more are listed at once and filtered here. */
const SEPARATE_NAMESPACES = 16;
const WIDTH = 8;

/** A page of objects of one resource. */
export type Page = { resource: ServedResource; items: KubeObject[] };

/** What is listed: all resources of a backup that its filters let through, and the selectors. */
export type Listing = {
  client: Client;
  resources: readonly ServedResource[];
  namespaces: NamespaceFilter;
  selectors: readonly LabelSelector[] | undefined;
  signal: AbortSignal | undefined;
  /** Told when a resource cannot be listed; the others go on. */
  onProblem: (resource: ServedResource, error: unknown) => void;
};

type Unit = { resource: ServedResource; namespace: string | undefined; labelSelector: string | undefined };

/** The list requests of a backup: per resource, per namespace where these are few, per selector. */
const unitsOf = ({ resources, namespaces, selectors }: Pick<Listing, 'resources' | 'namespaces' | 'selectors'>): Unit[] => {
  const texts = selectors?.map(selectorText) ?? [undefined];
  const separate = namespaces.names !== undefined && namespaces.names.length <= SEPARATE_NAMESPACES ? namespaces.names : [undefined];
  return resources.flatMap((resource) =>
    (resource.scope === 'Cluster' ? [undefined] : separate).flatMap((namespace) =>
      texts.map((labelSelector) => ({ resource, namespace, labelSelector })),
    ),
  );
};

async function* pagesOf(listing: Listing, unit: Unit): AsyncGenerator<Page> {
  const { resource, namespace, labelSelector } = unit;
  const belongs = ({ metadata }: KubeObject) => resource.scope === 'Cluster' || listing.namespaces.passes(metadata.namespace ?? '');
  try {
    for await (const page of listing.client.pages(resource, { namespace, labelSelector, signal: listing.signal })) {
      yield { resource, items: page.items.filter(belongs) };
    }
  } catch (error) {
    listing.signal?.throwIfAborted();
    listing.onProblem(resource, error);
  }
}

/** Lists everything in the order of the resources, page by page, with a few requests ahead of the reader. */
export const collectItems = (listing: Listing): AsyncGenerator<Page> =>
  ahead(
    unitsOf(listing).map((unit) => () => pagesOf(listing, unit)),
    WIDTH,
  );
