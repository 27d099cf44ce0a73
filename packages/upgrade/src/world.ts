import type { Clock, Log, Recorder, Tasks } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { HostDriver } from './host/driver.ts';

/** Everything that the agent of an upgrade may touch. */
export type UpgradeWorld = {
  clock: Clock;
  log: Log;
  /** The API server of the one node. */
  cluster: Client;
  host: HostDriver;
  /** Long work beside the rounds; names begin with the stage: `Prep/…`, `Idle/…`. */
  tasks: Tasks;
  recorder: Recorder;
};
