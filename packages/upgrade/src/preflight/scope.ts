import type { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import type { Client } from '@godwit/kube';
import type { Run } from '../host/run.ts';
import type { RegistryAccess } from '../seed/access.ts';

/** What a preflight looks with. Nothing of it changes anything. */
export type PreflightScope = {
  readonly cluster: Client;
  /** The upgrade as it would be asked for. */
  readonly upgrade: ImageBasedUpgrade;
  readonly report: ImageBasedUpgradeReport | undefined;
  /** Programs of this machine: skopeo. */
  readonly run: Run;
  /** How registries are reached from this machine, unless the upgrade names a secret. */
  readonly access: RegistryAccess;
  /** A folder of nobody else, for credentials while they are needed. */
  readonly folder: string;
  readonly now: Date;
};
