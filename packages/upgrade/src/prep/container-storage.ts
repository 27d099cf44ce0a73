import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { readText } from '../carried/files.ts';
import type { HostDriver } from '../host/driver.ts';

const STORAGE = '/var/lib/containers';
const UNITS = ['etc/systemd/system/var-lib-containers.mount', 'usr/lib/systemd/system/var-lib-containers.mount'];

type Mount = { readonly device: string; readonly root: string; readonly point: string; readonly source: string };

const unescaped = (text: string): string =>
  text.replaceAll(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const mountsOf = (text: string): Mount[] =>
  text.split('\n').flatMap((line) => {
    const [, , device, root, point] = line.split(' ');
    const source = line.split(' - ')[1]?.split(' ')[1];
    if (device === undefined || root === undefined || point === undefined || source === undefined) return [];
    return [{ device, root: unescaped(root), point: unescaped(point), source: unescaped(source) }];
  });

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** What a mount unit mounts. */
export const whatOf = (unit: string): string | undefined => /^What=(.+)$/m.exec(unit)?.[1]?.trim();

/**
 * What is mounted at a path, out of the text of mountinfo: a folder of another mount is named by its path, so that two nodes with the same
 * layout name it alike; else the device. Undefined: the path is no mount of its own.
 */
export const mountedAt = (mountinfo: string, path: string): string | undefined => {
  const mounts = mountsOf(mountinfo);
  const mount = mounts.findLast(({ point }) => point === path);
  if (mount === undefined) return undefined;
  const [origin] = mounts
    .filter(({ device, root, point }) => device === mount.device && point !== path && isBelow(mount.root, root))
    .sort((one, other) => other.root.length - one.root.length);
  return origin === undefined ? mount.source : posix.join(origin.point, posix.relative(origin.root, mount.root));
};

/**
 * What holds the container storage that both releases share: the What of its mount unit or, without one, what is mounted there. Empty: it is no
 * mount of its own. Undefined where the host is only a folder, whose mounts are nobody's.
 */
export const containerStorageTarget = async ({ root, simulated }: Pick<HostDriver, 'root' | 'simulated'>): Promise<string | undefined> => {
  for (const unit of UNITS) {
    const what = whatOf((await readText(join(root || '/', unit))) ?? '');
    if (what !== undefined) return what;
  }
  return simulated ? undefined : (mountedAt(await readFile('/proc/self/mountinfo', 'utf8'), `${root}${STORAGE}`) ?? '');
};
