import { StorageClass } from '@godwit/api';
import { copies } from '../names.ts';
import { type Release, ReleaseError } from '../release/release.ts';
import type { World } from '../world.ts';
import type { Facts } from './components/component.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Seen } from './observe.ts';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Provisioners whose volumes are plain folders of the node, made by root: the kubelet gives them to nobody. */
const FOLDERS: readonly string[] = ['kubernetes.io/host-path'];

/** Who has to make etcd's volume writable for its user. */
export const volumeOwnership = (plane: ControlPlane, classes: readonly StorageClass[]): Facts['volumeOwnership'] => {
  const name = plane.etcd?.storageClass;
  const found = classes.find(({ metadata }) =>
    name === undefined ? metadata.annotations?.[DEFAULT_CLASS] === 'true' : metadata.name === name,
  );
  return found !== undefined && FOLDERS.includes(found.provisioner) ? 'root' : 'group';
};

/** Storage classes of the management cluster. */
export const storageClasses = async ({ cache, management }: World): Promise<readonly StorageClass[]> =>
  (await cache(management, StorageClass)).list();

const decoded = (base64: string | undefined): string | undefined =>
  base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('utf8');

/** A release, or the error that says why it could not be read. */
export type ReleaseFound = { release: Release } | { problem: string };

/** Reads the release that a control plane is to run. */
export type ReadRelease = (image: string, seen: Pick<Seen, 'secrets' | 'trustBundle'>, signal: AbortSignal) => Promise<ReleaseFound>;

/** Reads each release image once in the life of this process: what runs must not depend on a registry, nor change with a tag. */
export const createReleaseMemory = ({ releases }: World): ReadRelease => {
  const known = new Map<string, Release>();
  return async (image, seen, signal) => {
    const before = known.get(image);
    if (before) return { release: before };
    const pullSecret = decoded(seen.secrets.find(({ metadata }) => metadata.name === copies.pullSecret)?.data?.['.dockerconfigjson']);
    const trust = seen.trustBundle;
    try {
      const access = { ...(pullSecret === undefined ? {} : { pullSecret }), ...(trust === undefined ? {} : { trust }), signal };
      const release = await releases.read(image, access);
      known.set(image, release);
      return { release };
    } catch (error) {
      if (error instanceof ReleaseError) return { problem: error.message };
      throw error;
    }
  };
};
