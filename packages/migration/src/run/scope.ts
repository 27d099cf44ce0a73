import type { MigMigration, MigPlan, NamePair, ObjectOf } from '@godwit/api';
import { phaseOf } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { World } from '../world.ts';
import type { Flags } from './flags.ts';

/** One run of a plan, as its phases see it. */
export type Run = ObjectOf<typeof MigMigration>;
/** The plan of a run. */
export type Plan = ObjectOf<typeof MigPlan>;

/** Everything the phases of one run may touch. */
export type Scope = {
  world: World;
  /** As it was last read. */
  plan: Plan;
  source: Client;
  target: Client;
  /** Of the plan, on the source and on the target. */
  namespaces: readonly NamePair[];
  flags: Flags;
  /** Goes on with the plan as it stands by now, own writes included; undefined when it is gone. */
  refresh(): Promise<Plan | undefined>;
};

/** The clusters by the names that effects use. */
export const clustersOf = ({ world, source, target }: Scope): Record<string, Client> => ({ host: world.connections.host, source, target });

/** Declares a phase of a run. */
export const runPhase = phaseOf<Scope, Run>();

/** Namespace and name of a run, or of anything else in the Mig namespace. */
export const hostName = (run: Run, name = run.metadata.name ?? ''): { namespace: string; name: string } => ({
  namespace: run.metadata.namespace ?? '',
  name,
});
