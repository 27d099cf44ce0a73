import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Contents } from './config.ts';
import { bytesOfDataUrl } from './data-url.ts';
import { BootstrapRefused } from './refused.ts';

/** Gets the body behind an https URL; throws when the answer is not 200, which may pass. */
export type Fetch = (url: URL, headers: Readonly<Record<string, string>>, authorities: readonly string[]) => Promise<Buffer>;

const unpack = promisify(gunzip);

const unpacked = async (bytes: Buffer, compression: string): Promise<Buffer> => {
  if (compression === '') return bytes;
  if (compression !== 'gzip') throw new BootstrapRefused(`Compression ${JSON.stringify(compression)} is unknown; gzip is known`);
  return unpack(bytes);
};

const HASHES: Readonly<Record<string, string>> = { sha256: 'sha256', sha512: 'sha512' };

const verify = (bytes: Buffer, wanted: string, url: string): void => {
  const [kind = '', digest] = wanted.split('-');
  const algorithm = HASHES[kind];
  if (!algorithm) throw new BootstrapRefused(`Hash ${JSON.stringify(kind)} is unknown; sha256 and sha512 are known`);
  if (createHash(algorithm).update(bytes).digest('hex') !== digest)
    throw new Error(`What ${url} holds has another ${kind} than was promised`);
};

const nameOf = (source: string): string => (source.startsWith('data:') ? 'a data URL' : source);

const read = (contents: Contents, source: string, fetch: Fetch, authorities: readonly string[]): Promise<Buffer> | Buffer => {
  if (source === '') return Buffer.alloc(0);
  if (source.startsWith('data:')) return bytesOfDataUrl(source);
  const url = URL.parse(source);
  if (url?.protocol !== 'https:')
    throw new BootstrapRefused(`${nameOf(source)} cannot be read: only https and data URLs are, so that nobody can alter them on the way`);
  return fetch(url, Object.fromEntries((contents.httpHeaders ?? []).map(({ name, value }) => [name, value ?? ''])), authorities);
};

/** Reads, unpacks and verifies what a source of Ignition holds; `authorities` are PEM texts trusted beside those of the machine. */
export const readContents = async (contents: Contents, fetch: Fetch, authorities: readonly string[]): Promise<Buffer> => {
  const source = contents.source ?? '';
  const bytes = await unpacked(await read(contents, source, fetch, authorities), contents.compression ?? '');
  const hash = contents.verification?.hash;
  if (hash) verify(bytes, hash, nameOf(source));
  return bytes;
};
