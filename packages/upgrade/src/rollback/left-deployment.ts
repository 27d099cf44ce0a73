import { join } from 'node:path';
import type { Log } from '@godwit/controller';
import { z } from 'zod';
import { readText, writeText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import type { Deployment, HostDriver } from '../host/driver.ts';
import { readSettings } from './deadline.ts';

/** What was left at the pivot: a deployment, or, as an older agent wrote it down, any of a stateroot. */
export type LeftDeployment = Pick<Deployment, 'stateroot'> & Partial<Pick<Deployment, 'checksum' | 'serial'>>;

const leftSchema = z.object({ stateroot: z.string(), checksum: z.string(), serial: z.number() });

/** Writes down for the boot of another stateroot which deployment it comes from. Unlike the watch it stays until Idle. */
export const saveLeft = (
  host: Pick<HostDriver, 'staterootPath'>,
  { stateroot, checksum, serial }: Deployment,
  target: string,
): Promise<void> => writeText(join(host.staterootPath(target), agentFiles.left), `${JSON.stringify({ stateroot, checksum, serial })}\n`);

const staterootLeft = async (root: string): Promise<LeftDeployment | undefined> => {
  const stateroot = (await readSettings(root))?.rollback_stateroot;
  return stateroot === undefined ? undefined : { stateroot };
};

/** What this release comes from; undefined: nothing tells. What cannot be read must not keep a rollback from happening. */
export const readLeft = async ({ root }: Pick<HostDriver, 'root'>, log: Log): Promise<LeftDeployment | undefined> => {
  try {
    const text = await readText(join(root, agentFiles.left));
    return text === undefined ? await staterootLeft(root) : leftSchema.parse(JSON.parse(text));
  } catch (error) {
    log.warn({ err: error }, 'it cannot be read which deployment was left at the pivot');
    return undefined;
  }
};
