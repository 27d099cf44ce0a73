import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '@godwit/controller';
import { readText } from '../carried/files.ts';
import { readSettings } from '../rollback/deadline.ts';
import { type ClusterConfiguration, parseClusterConfiguration } from './cluster-configuration.ts';
import { handedOver, SEED_DATA } from './places.ts';

/** A part of the first boot: where the host's `/` is, what is done with the configuration, and what happens when it fails for good. */
export type Part = {
  readonly root: string;
  readonly log: Log;
  work(configuration: ClusterConfiguration): Promise<void>;
  rollBack(message: string): Promise<void>;
};

/** A copy of a seed that was not told which cluster it is; it must not start as the seed. */
export class NotConfigured extends Error {
  override name = 'NotConfigured';
  constructor(path: string) {
    super(`This is a copy of a seed cluster, and ${path} does not say whose cluster it is. Boot the other stateroot: ostree admin status`);
  }
}

/**
 * Does a part of the first boot where something was handed over, and nothing on every other boot. A failure rolls the upgrade back, unless that
 * is switched off: then it is thrown, and the unit tries again.
 */
export const runPart = async ({ root, log, work, rollBack }: Part): Promise<'done' | 'nothing to do' | 'rolled back'> => {
  const path = join(root, handedOver.configuration);
  const text = await readText(path);
  if (text === undefined) {
    if (existsSync(join(root, SEED_DATA))) throw new NotConfigured(path);
    return 'nothing to do';
  }
  try {
    await work(parseClusterConfiguration(text));
    return 'done';
  } catch (error) {
    if (!(await readSettings(root))?.enabled_components.postpivot) throw error;
    log.error({ err: error }, 'the first boot has failed');
    await rollBack(`Rollback due to postpivot failure: ${error instanceof Error ? error.message : String(error)}`);
    return 'rolled back';
  }
};
