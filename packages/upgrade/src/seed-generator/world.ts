import type { SeedGenerator } from '@godwit/api';
import type { Clock, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { HostDriver } from '../host/driver.ts';
import type { Run } from '../host/run.ts';
import type { Step } from '../journal/step.ts';
import type { RegistryAccess } from '../seed/access.ts';
import type { SeedClusterInfo } from '../seed/cluster-info.ts';

/** Everything that making a seed may touch. */
export type SeedWorld = {
  readonly cluster: Client;
  readonly host: HostDriver;
  readonly clock: Clock;
  readonly log: Log;
  /** Programs of the host: tar, skopeo, ctr, and what handles its units. */
  readonly run: Run;
  /** How this host reaches registries, apart from the credentials for the seed. */
  readonly access: (host: HostDriver) => RegistryAccess;
};

/** The world while one request is worked on. */
export type GenerationWorld = SeedWorld & { readonly request: SeedGenerator };

/** What the steps find out, one after the other. */
export type SeedFacts = {
  readonly info: SeedClusterInfo;
  /** True: the archives are whole, and the cluster may run again. */
  readonly archived: true;
  readonly digest: string;
  readonly bytes: number;
};

/** One step of making a seed. */
export type SeedStep = Step<GenerationWorld, SeedFacts>;
