import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the Go module of the local clusters. */
export const GO_MODULE = join(import.meta.dirname, '../../kubernetes');

/** The folder of the Go module that pins konnectivity. */
export const KONNECTIVITY_MODULE = join(import.meta.dirname, '../../konnectivity');

/** The files that decide what the built programs are. */
const GO_SOURCES: readonly string[] = ['go.mod', 'go.sum', 'main.go', 'coredns/main.go', 'pause/main.go'];

/** Where built programs are kept, outside of any checkout: `$XDG_CACHE_HOME/godwit`, default `~/.cache/godwit`. */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'godwit');

/** Names what is built from these texts: 16 hexadecimal digits that change with any of them. */
export const sourceHash = (texts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${Buffer.byteLength(text)}\0${text}`);
  return hash.digest('hex').slice(0, 16);
};

const keyed = (name: string, module: string, files: readonly string[]): string =>
  join(cacheFolder(), `${name}-${sourceHash(files.map((file) => readFileSync(join(module, file), 'utf8')))}`);

/** The cache folder of the Kubernetes programs as the module stands now. */
export const kubernetesCache = (): string => keyed('kubernetes', GO_MODULE, GO_SOURCES);

/** The cache folder of konnectivity's programs as the module stands now. */
export const konnectivityCache = (): string => keyed('konnectivity', KONNECTIVITY_MODULE, ['go.mod', 'go.sum']);
