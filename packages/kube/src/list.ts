import { isApiError } from './errors.ts';
import { parsedAnswer, refusal } from './refusal.ts';
import { apiVersionOf, resourcePath } from './resource.ts';
import { nameOf, type Sender } from './send.ts';
import type { KubeObject, List, ListOptions, Resource } from './types.ts';

type RawList<T> = { metadata?: { resourceVersion?: string; continue?: string; remainingItemCount?: number }; items?: T[] | null };

/** Items of built-in kinds come without apiVersion and kind; an object should say what it is wherever it is. */
const typed = <T extends KubeObject>(resource: Resource<T>, items: readonly T[]): T[] => {
  const apiVersion = apiVersionOf(resource);
  return items.map((item) => (item.kind && item.apiVersion ? item : { ...item, apiVersion, kind: resource.kind }));
};

/** Asks for one page; an empty `token` means the first one. */
const page = async <T extends KubeObject>(sender: Sender, resource: Resource<T>, options: ListOptions, token: string): Promise<List<T>> => {
  const ask = {
    verb: 'list',
    resource: resource.plural,
    method: 'GET',
    path: resourcePath(resource, { namespace: options.namespace }),
    query: {
      limit: String(options.pageSize ?? 500),
      continue: token || undefined,
      labelSelector: options.labelSelector || undefined,
      fieldSelector: options.fieldSelector || undefined,
    },
    signal: options.signal,
  };
  const answer = await sender.send(ask);
  if (answer.status !== 200) throw refusal(answer, nameOf(sender.server, ask));
  const { metadata = {}, items } = parsedAnswer<RawList<T>>(answer, nameOf(sender.server, ask));
  return {
    items: typed(resource, items ?? []),
    resourceVersion: metadata.resourceVersion ?? '',
    ...(metadata.continue ? { continue: metadata.continue } : {}),
    ...(metadata.remainingItemCount === undefined ? {} : { remaining: metadata.remainingItemCount }),
  };
};

/** Lists page by page; throws ApiError with status 410 when the server forgot the version that the pages are of. */
export async function* listPages<T extends KubeObject>(
  sender: Sender,
  resource: Resource<T>,
  options: ListOptions = {},
): AsyncGenerator<List<T>> {
  let token = '';
  do {
    const next = await page(sender, resource, options, token);
    yield next;
    token = next.continue ?? '';
  } while (token !== '');
}

const RESTARTS = 2;

/** Lists everything; starts again when the pages expire meanwhile, at last in one piece, which cannot expire. */
export const listAll = async <T extends KubeObject>(sender: Sender, resource: Resource<T>, options: ListOptions = {}): Promise<List<T>> => {
  for (let restart = 0; ; restart += 1) {
    const items: T[] = [];
    let resourceVersion = '';
    try {
      const wanted = restart === RESTARTS ? { ...options, pageSize: 0 } : options;
      for await (const { items: some, resourceVersion: version } of listPages(sender, resource, wanted)) {
        for (const item of some) items.push(item);
        resourceVersion = version;
      }
      return { items, resourceVersion };
    } catch (error) {
      if (restart === RESTARTS || !isApiError(error, 'Expired', 'Gone')) throw error;
    }
  }
};
