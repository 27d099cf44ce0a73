import type { Cache, Clock, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { ObjectStore, StoreAccess } from '@godwit/objectstore';
import type { EngineSetting } from '../engine/choose-engine.ts';
import type { Completions } from './completions.ts';
import type { Runs } from './runs.ts';

/** What the controllers of one cluster are made of. */
export type BackupControllersOptions = {
  /** The cluster whose objects are backed up and restored, and that holds the velero.io objects. */
  client: Client;
  /** The namespace of the velero.io objects. */
  namespace: string;
  /** Reads from watches that the controllers share. */
  cache: Cache;
  clock: Clock;
  log: Log;
  openStore: (access: StoreAccess) => ObjectStore;
  engine: EngineSetting;
  /** Whether locations may be folders of this machine. */
  allowFolders: boolean;
  /** Name of this machine; a folder location must name it in config key `host`. */
  hostName: string;
  /** Share one value between the sets of several clusters, so that a finished backup is seen everywhere at once. */
  completions: Completions;
};

/** The options together with what is running. */
export type Context = BackupControllersOptions & { runs: Runs };

/** Now, as objects carry it: ISO 8601 without milliseconds. */
export const stamp = (now: Date): string => now.toISOString().replace(/\.\d+/, '');
