import { open, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { StoreAccess } from '../access.ts';
import { checkKey } from '../check-key.ts';
import { type ObjectStore, type Stat, StoreError } from '../store.ts';
import { folderFault, isAbsent } from './faults.ts';
import { entriesOf, walk } from './walk.ts';
import { writeFileAtomically } from './write-file.ts';

const streamOf = (body: Readable | Uint8Array | string): Readable =>
  body instanceof Readable ? body : Readable.from([typeof body === 'string' ? Buffer.from(body) : body]);

const checkRoot = async (root: string): Promise<void> => {
  const facts = await stat(root).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (facts?.isDirectory()) return;
  throw new StoreError(`The folder ${root} does not exist. Create it (mkdir -p ${root}), or mount it, and try again.`, 'bucket-missing');
};

const readFile = async (path: string, signal: AbortSignal | undefined): Promise<Readable | undefined> => {
  try {
    const file = await open(path, 'r');
    return file.createReadStream(signal ? { signal } : {});
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

const statFile = async (root: string, key: string): Promise<Stat | undefined> => {
  try {
    const facts = await stat(join(root, key));
    return facts.isFile() ? { key, bytes: facts.size, modified: facts.mtime } : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

const removeEmptyFolders = async (root: string, folder: string): Promise<void> => {
  for (let path = folder; path !== root && path.startsWith(root); path = dirname(path)) {
    try {
      await rmdir(path);
    } catch {
      return; // not empty, or removed by somebody else
    }
  }
};

const deleteFiles = async (root: string, keys: readonly string[]): Promise<void> => {
  for (const key of keys) {
    const path = join(root, checkKey(key));
    await rm(path, { force: true });
    await removeEmptyFolders(root, dirname(path));
  }
};

const foldersBelow = async (root: string, prefix: string): Promise<string[]> => {
  const below = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  if (below !== '') checkKey(below.slice(0, -1));
  const names: string[] = [];
  for (const entry of (await entriesOf(join(root, below))).filter((each) => each.isDirectory())) {
    const first = await walk(root, '', `${below}${entry.name}/`).next();
    if (!first.done) names.push(entry.name);
  }
  return names;
};

async function* limited<T>(items: AsyncIterable<T>, limit: number, signal: AbortSignal | undefined): AsyncGenerator<T> {
  let count = 0;
  for await (const item of items) {
    signal?.throwIfAborted();
    if (count++ >= limit) return;
    yield item;
  }
}

/** A folder as an object store. The folder itself must exist, so that an unmounted share is noticed instead of filled. */
export const folderStore = ({ path }: Extract<StoreAccess, { kind: 'folder' }>): ObjectStore => {
  const root = resolve(path);
  const guarded = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      await checkRoot(root);
      return await work();
    } catch (error) {
      throw (error as Error)?.name === 'AbortError' ? error : folderFault(error, what, root);
    }
  };
  return {
    url: root,
    put: (key, body, options = {}) =>
      guarded(`store ${key}`, () => writeFileAtomically(join(root, checkKey(key)), streamOf(body), options)),
    get: (key, options = {}) => guarded(`read ${key}`, () => readFile(join(root, checkKey(key)), options.signal)),
    stat: (key) => guarded(`look at ${key}`, () => statFile(root, checkKey(key))),
    async *list(prefix, { limit = Number.POSITIVE_INFINITY, signal } = {}) {
      await guarded(`list ${prefix}`, async () => undefined);
      yield* limited(walk(root, prefix), limit, signal);
    },
    folders: (prefix) => guarded(`list ${prefix}`, () => foldersBelow(root, prefix)),
    delete: (keys) => guarded(`delete ${keys.length} objects`, () => deleteFiles(root, keys)),
    presign: async () => undefined,
    presignPut: async () => undefined,
    readableByAnyone: async () => false,
  };
};
