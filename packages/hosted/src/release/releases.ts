import type { Dispatcher } from 'undici';
import { isDigest, parseImageName } from './image-name.ts';
import { type Descriptor, fetchManifest, type Image, imageIn } from './manifest.ts';
import { METADATA, payloadOf, REFERENCES } from './payload.ts';
import { connectionProblem, Refused, releaseError } from './problem.ts';
import { findCredentials } from './pull-secret.ts';
import { readFromLayer } from './read-layer.ts';
import { agentTrusting, openRepository, type Repository } from './registry.ts';
import type { Release, Releases } from './release.ts';

/** How registries are reached. */
export type ReleasesOptions = {
  /** Which image of an index is read, in Go's words; default amd64. */
  architecture?: string;
  /** HOST:PORT to ask instead of a registry, by the registry's name in images; default none. Upstream calls them registry overrides. */
  overrides?: Readonly<Record<string, string>>;
};

type Read = Omit<Release, 'image'>;

const readArchitecture = async (repository: Repository, { config }: Image, fallback: string): Promise<string> => {
  const { body } = await repository.get(`blobs/${config.digest}`);
  const { architecture } = (await body.json()) as { architecture?: string };
  return architecture ?? fallback;
};

/** From the highest layer down, until both files were found: they lie in the highest. */
const readFiles = async (repository: Repository, layers: readonly Descriptor[]): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const layer of layers.toReversed()) {
    const missing = [REFERENCES, METADATA].filter((path) => !found.has(path));
    if (missing.length === 0) break;
    const { body } = await repository.get(`blobs/${layer.digest}`);
    for (const [path, text] of await readFromLayer(body, layer, missing)) found.set(path, text);
  }
  return found;
};

const readImage = async (repository: Repository, image: Image, wanted: string): Promise<Read> => {
  const architecture = await readArchitecture(repository, image, wanted);
  return { ...payloadOf(await readFiles(repository, image.layers)), architecture };
};

const explained = (image: string, host: string, error: unknown): Error => {
  if (error instanceof Refused) return releaseError(image, { why: error.message, next: error.next }, error.cause);
  if (error instanceof SyntaxError || error instanceof RangeError)
    return releaseError(image, { why: error.message, next: 'Correct the Secret of spec.pullSecret, or spec.release.image.' }, error);
  return releaseError(image, connectionProblem(host, error), error);
};

/** Reads release images over HTTPS. What was read is remembered by digest as long as the process lives; a tag is looked up every time. */
export const releasesFrom = ({ architecture = 'amd64', overrides = {} }: ReleasesOptions = {}): Releases => {
  const known = new Map<string, Read>();
  const agents = new Map<string | undefined, Dispatcher>();
  const agentFor = (trust: string | undefined): Dispatcher => {
    const agent = agents.get(trust) ?? agentTrusting(trust);
    agents.set(trust, agent);
    return agent;
  };
  const read = async (image: string, { pullSecret, trust, signal }: Parameters<Releases['read']>[1]): Promise<Read> => {
    const name = parseImageName(image);
    if (name === undefined)
      throw new Refused({ why: 'it is not the name of an image with its registry', next: 'Correct spec.release.image.' });
    const remembered = isDigest(name.reference) ? known.get(name.reference) : undefined;
    if (remembered !== undefined) return remembered;
    const address = overrides[name.registry] ?? name.registry;
    const credentials = findCredentials(pullSecret, name);
    const repository = openRepository({ image: name, address, credentials, agent: agentFor(trust), signal });
    const top = await fetchManifest(repository, name.reference);
    const release = known.get(top.digest) ?? (await readImage(repository, await imageIn(repository, top, architecture), architecture));
    known.set(top.digest, release);
    return release;
  };
  return {
    read: async (image, access) => {
      try {
        return { image, ...(await read(image, access)) };
      } catch (error) {
        access.signal?.throwIfAborted();
        throw explained(image, parseImageName(image)?.registry ?? image, error);
      }
    },
  };
};
