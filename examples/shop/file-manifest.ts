import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from './kubectl.ts';
import { NAMESPACE } from './manifest.ts';

/** What a copy has to keep of one file; a property that does not apply is absent. */
export type FileEntry = {
  type: string;
  /** Bytes; not of folders, whose size is the file system's business. */
  size?: string;
  /** Octal. */
  mode: string;
  /** Numbers of user and group. */
  owner: string;
  /** Seconds since 1970, to the nanosecond. */
  modified: string;
  linkTarget?: string;
  /** The first path, in alphabetical order, among those that are hard links to the same file. */
  sameFileAs?: string;
  attributes?: string;
  sha256?: string;
};

/** Files by their path below the volume's folder, which itself has the path ''. Bytes of a name that are not UTF-8 read as U+FFFD. */
export type FileManifest = Map<string, FileEntry>;

const SCRIPT = readFileSync(join(import.meta.dirname, 'scripts/files.sh'), 'utf8');
const FIELDS = 9;

const parseChecksums = (text: string): Map<string, string> =>
  new Map(
    text
      .split('\0')
      .filter(Boolean)
      .map((line) => [line.slice(66).replace(/^\.\//, ''), line.slice(0, 64)]),
  );

/** Undoes the escapes that getfattr puts into names: a backslash and three octal digits for a character that would break a line. */
const unescapeName = (name: string): string =>
  name.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const parseAttributes = (text: string): Map<string, string> =>
  new Map(
    text
      .split('\n\n')
      .filter(Boolean)
      .map((block) => {
        const [head = '', ...attributes] = block.trim().split('\n');
        return [unescapeName(head.replace('# file: ', '')).replace(/^\.$/, ''), attributes.sort().join(' ')];
      }),
  );

type Found = { path: string; inode: string; entry: FileEntry };

const parseProperties = (text: string): Found[] => {
  const fields = text.split('\0');
  return Array.from({ length: Math.floor(fields.length / FIELDS) }, (_, index) => {
    const [path = '', type = '', size = '', mode = '', user, group, modified = '', target, inode = ''] = fields.slice(index * FIELDS);
    const entry: FileEntry = {
      type,
      mode,
      owner: `${user}:${group}`,
      modified,
      ...(type === 'd' ? {} : { size }),
      ...(target ? { linkTarget: target } : {}),
    };
    return { path, inode, entry };
  });
};

/** The first path of every file that has several. */
const firstPaths = (files: readonly Found[]): Map<string, string> => {
  const groups = Map.groupBy(
    files.filter(({ entry }) => entry.type !== 'd'),
    ({ inode }) => inode,
  );
  const linked = [...groups].filter(([, group]) => group.length > 1);
  return new Map(linked.map(([inode, group]) => [inode, group.map(({ path }) => path).sort()[0] ?? '']));
};

/** Reads what `scripts/files.sh` printed. */
export const parseFileManifest = (output: string): FileManifest => {
  const [properties = '', rest = ''] = output.split('\0\0attributes\0');
  const [attributes = '', checksums = ''] = rest.split('\0checksums\0');
  const [attributesOf, checksumOf, files] = [parseAttributes(attributes), parseChecksums(checksums), parseProperties(properties)];
  const first = firstPaths(files);
  return new Map(
    files.map(({ path, inode, entry }) => {
      const more = { sameFileAs: first.get(inode), attributes: attributesOf.get(path), sha256: checksumOf.get(path) };
      return [path, { ...entry, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) }];
    }),
  );
};

/** Reads what a copy has to keep of every file on the web server's volume, checksums included; the web server must be running. */
export const fileManifest = async (kubectl: Kubectl): Promise<FileManifest> =>
  parseFileManifest(
    await kubectl.run([
      '--namespace',
      NAMESPACE,
      'exec',
      'deployment/web',
      '--container=lighttpd',
      '--',
      'bash',
      '-c',
      SCRIPT,
      'files',
      '/srv/shop',
    ]),
  );
