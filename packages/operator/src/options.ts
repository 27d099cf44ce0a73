import type { Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { Settings } from '@godwit/migration';
import type { HostedOptions } from './hosted/options.ts';

/** Who carries out Backups and Restores: `auto` is Velero where it runs, else the embedded engine. */
export type EngineChoice = 'auto' | 'embedded' | 'velero';

/** How an operator is run. */
export type OperatorOptions = {
  /** The cluster that holds the Mig* objects. */
  host: Client;
  settings: Settings;
  /** Default auto. */
  engine?: EngineChoice;
  /** Whether a folder of this machine may be a repository; a pod must refuse, since its folders go with it. Default false. */
  allowFolders?: boolean;
  /** Unique among all that stand for leadership; default host name, process id and a random part. */
  identity?: string;
  /** Hosted clusters of the host cluster; omitted: they are left alone. */
  hosted?: HostedOptions;
  /** Port of /healthz, /readyz and /metrics; omitted: none is opened. */
  healthPort?: number;
  log: Log;
};

/** A started operator. */
export type Operator = {
  /** Resolves when it leads and its caches are filled; stays pending while another one leads. */
  ready: Promise<void>;
  /** Resolves when everything has ended; rejects when it broke. */
  stopped: Promise<void>;
  /** Ends running rounds, gives the lease back, closes what it opened (not the host's client). */
  stop(): Promise<void>;
};
