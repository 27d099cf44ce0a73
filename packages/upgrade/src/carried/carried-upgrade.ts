import { join } from 'node:path';
import type { ImageBasedUpgrade } from '@godwit/api';
import type { HostDriver } from '../host/driver.ts';
import { readText, remove, writeText } from './files.ts';
import { agentFiles } from './paths.ts';

/** A file that should hold an ImageBasedUpgrade and does not; the message says which. */
export class UnreadableUpgrade extends Error {
  override readonly name = 'UnreadableUpgrade';
}

type Place = Pick<HostDriver, 'root' | 'staterootPath' | 'bootId'>;

const folderOf = (host: Place, stateroot: string | undefined): string =>
  stateroot === undefined ? host.root : host.staterootPath(stateroot);

const parsed = (path: string, text: string): ImageBasedUpgrade => {
  try {
    const object = JSON.parse(text) as Partial<ImageBasedUpgrade> | null;
    if (object?.kind === 'ImageBasedUpgrade') return object as ImageBasedUpgrade;
  } catch {
    // said below
  }
  throw new UnreadableUpgrade(`${path} holds no ImageBasedUpgrade. Look at it, then remove it: the object in the cluster is used`);
};

/**
 * Saves the object for the boot of a stateroot, or for the next boot of this one. The boot that saves it never takes it back, so a reboot that
 * does not happen changes nothing.
 */
export const saveCarried = async (host: Place, upgrade: ImageBasedUpgrade, stateroot?: string): Promise<void> => {
  const folder = folderOf(host, stateroot);
  await writeText(join(folder, agentFiles.carriedIn), await host.bootId());
  await writeText(join(folder, agentFiles.carried), `${JSON.stringify(upgrade, undefined, 2)}\n`);
};

/** The object that another boot left for this one, or for the boot of another stateroot; undefined: none. */
export const readCarried = async (host: Place, stateroot?: string): Promise<ImageBasedUpgrade | undefined> => {
  const folder = folderOf(host, stateroot);
  const path = join(folder, agentFiles.carried);
  const text = await readText(path);
  if (text === undefined) return undefined;
  const writtenIn = await readText(join(folder, agentFiles.carriedIn));
  if (stateroot === undefined && writtenIn === (await host.bootId())) return undefined;
  return parsed(path, text);
};

/** Forgets the carried object of this stateroot. */
export const removeCarried = (host: Place): Promise<void> =>
  remove(join(host.root, agentFiles.carried), join(host.root, agentFiles.carriedIn));

/** Keeps the object as it was last seen, so that it can be made again as it was. */
export const saveMirror = (host: Place, upgrade: ImageBasedUpgrade): Promise<void> =>
  writeText(join(host.root, agentFiles.mirror), JSON.stringify(upgrade));

/** The object as it was last seen while something went on; undefined: nothing goes on. */
export const readMirror = async (host: Place): Promise<ImageBasedUpgrade | undefined> => {
  const path = join(host.root, agentFiles.mirror);
  const text = await readText(path);
  return text === undefined ? undefined : parsed(path, text);
};

/** Forgets what was last seen. */
export const removeMirror = (host: Place): Promise<void> => remove(join(host.root, agentFiles.mirror));
