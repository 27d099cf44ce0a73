import { Readable } from 'node:stream';
import type { KubeObject, ServedResource } from '@godwit/kube';
import { pack } from 'tar-stream';
import { groupResource } from '../group-resource.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './digest.ts';
import { entryPaths } from './entry-path.ts';

const MODE = 0o755;

/** The version of the archive's layout. */
export const FORMAT_VERSION = '1.1.0';

/** Writes objects into a tar stream, each once however often it is offered. */
export type ArchiveWriter = {
  readonly stream: Readable;
  /** Writes an object to both of its paths; false when it is there already. Waits while the reader is slower. */
  add(resource: ServedResource, object: KubeObject): Promise<boolean>;
  has(resource: string, namespace: string, name: string): boolean;
  /** `apiVersion/Kind` → sorted names, as the resource list of a backup has it. */
  resourceList(): Record<string, string[]>;
  count(): number;
  finish(): Promise<void>;
};

const keyOf = (resource: string, namespace: string, name: string): string =>
  `${resource}|${namespace === '' ? name : `${namespace}/${name}`}`;

/** Opens an archive; `onEntry` hears of every entry with its SHA-256. */
export const archiveWriter = (onEntry: (path: string, sha256: string) => void, now: Date): ArchiveWriter => {
  const tar = pack();
  const written = new Set<string>();
  const names = new Map<string, string[]>();

  const entry = async (path: string, body: Buffer, checksum: string): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      tar.entry({ name: path, size: body.length, mode: MODE, mtime: now, type: 'file' }, body, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    onEntry(path, checksum);
  };
  const version = Buffer.from(`${FORMAT_VERSION}\n`);
  let opening: Promise<void> | undefined = entry('metadata/version', version, sha256(version));

  return {
    stream: Readable.from(tar, { objectMode: false }),
    add: async (resource, object) => {
      const { namespace = '', name = '' } = object.metadata;
      const gr = groupResource(resource);
      const key = keyOf(gr, namespace, name);
      if (written.has(key)) return false;
      written.add(key);
      await opening;
      opening = undefined;
      const body = Buffer.from(canonicalJson(object));
      const checksum = sha256(body);
      for (const path of entryPaths(resource, namespace, name)) await entry(path, body, checksum);
      const kind = `${object.apiVersion}/${object.kind}`;
      const list = names.get(kind) ?? [];
      list.push(key.slice(gr.length + 1));
      names.set(kind, list);
      return true;
    },
    has: (resource, namespace, name) => written.has(keyOf(resource, namespace, name)),
    resourceList: () => Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, list]) => [kind, list.sort()])),
    count: () => written.size,
    finish: async () => {
      await opening;
      tar.finalize();
    },
  };
};
