/** One object of a cluster's store: its key without the prefix of the cluster, and what the API server has stored there. */
export type StoreEntry = { readonly key: string; readonly value: Buffer };

/** Below this an API server keeps everything, unless it was told otherwise. */
const REGISTRY = '/registry/';

/** The store of a cluster, reached without its API server. */
export type EtcdStore = {
  /** Every entry, in the order of the keys. */
  entries(): AsyncIterable<StoreEntry>;
  /** Removes keys; absent ones are success. */
  remove(keys: readonly string[]): Promise<void>;
  /** Gives up everything but the last state: values that were replaced, and objects that were deleted. */
  forgetPast(): Promise<void>;
};

const PAGE = 500;
/** Most operations that etcd takes in one transaction. */
const MOST = 128;

type Range = { header?: { revision?: string }; kvs?: { key: string; value?: string }[]; more?: boolean };

const encoded = (text: string | Buffer): string => Buffer.from(text).toString('base64');

/** The first key that does not begin with the prefix. */
const endOf = (prefix: string): Buffer => {
  const bytes = Buffer.from(prefix);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return bytes;
};

const asked = async <T>(endpoint: string, path: string, body: object): Promise<T> => {
  const response = await fetch(`${endpoint}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`etcd at ${endpoint} refuses ${path} (${response.status}): ${(await response.text()).slice(0, 500)}`);
  return (await response.json()) as T;
};

async function* entriesOf(endpoint: string, prefix: string): AsyncGenerator<StoreEntry> {
  const rangeEnd = encoded(endOf(prefix));
  for (let from = Buffer.from(prefix); ; ) {
    const { kvs = [], more } = await asked<Range>(endpoint, 'range', { key: encoded(from), range_end: rangeEnd, limit: PAGE });
    for (const { key, value = '' } of kvs)
      yield { key: Buffer.from(key, 'base64').toString().slice(prefix.length), value: Buffer.from(value, 'base64') };
    const last = kvs.at(-1);
    if (!more || last === undefined) return;
    from = Buffer.concat([Buffer.from(last.key, 'base64'), Buffer.from([0])]);
  }
}

/** The store behind an etcd that answers without credentials, which only one on the loopback address does. */
export const etcdStore = (endpoint: string, prefix = REGISTRY): EtcdStore => ({
  entries: () => entriesOf(endpoint, prefix),
  remove: async (keys) => {
    for (let at = 0; at < keys.length; at += MOST) {
      const success = keys.slice(at, at + MOST).map((key) => ({ request_delete_range: { key: encoded(prefix + key) } }));
      await asked(endpoint, 'txn', { success });
    }
  },
  forgetPast: async () => {
    const { header } = await asked<Range>(endpoint, 'range', { key: encoded(prefix), count_only: true });
    await asked(endpoint, 'compaction', { revision: header?.revision ?? '0', physical: true });
  },
});
