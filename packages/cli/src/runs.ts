import { HostedClusterMigration, MigMigration } from '@godwit/api';
import { isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { commandLine } from './copyable.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { nameOf } from './grammar/normalise.ts';
import { inOperators } from './hosted/within.ts';
import type { Invocation } from './invocation.ts';
import { found, listed } from './lookup.ts';

/** A run of a plan, or the move of a hosted cluster. */
export type AnyRun = MigMigration | HostedClusterMigration;

/** Whether a run is the move of a hosted cluster. */
export const isMove = (run: AnyRun): run is HostedClusterMigration => run.kind === HostedClusterMigration.kind;

const MOVE = /^(hcms?|hostedclustermigrations?)\//i;
const OF_PLAN = /^migmigrations?\//i;

const listedOrUndefined = async <T extends KubeObject>(invocation: Invocation, resource: Resource<T>): Promise<T[] | undefined> => {
  try {
    return await listed(invocation, resource);
  } catch (error) {
    if (error instanceof Failure && error.reason === 'NotInstalled') return undefined;
    throw error;
  }
};

/** All runs, of plans and of moves; a cluster may serve only one of the two. */
export const listedRuns = async (invocation: Invocation): Promise<AnyRun[]> => {
  const [runs, moves] = await Promise.all([
    listedOrUndefined(invocation, MigMigration),
    listedOrUndefined(inOperators(invocation), HostedClusterMigration),
  ]);
  return runs === undefined && moves === undefined ? listed(invocation, MigMigration) : [...(runs ?? []), ...(moves ?? [])];
};

const withName = async <T extends KubeObject>(invocation: Invocation, resource: Resource<T>, name: string): Promise<T | undefined> => {
  try {
    return await invocation.client().get(resource, { namespace: invocation.namespace, name });
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined;
    throw error;
  }
};

/** A run by its name. `hcm/NAME` is a move, `migmigration/NAME` a run of a plan; a plain name must mean only one. */
export const foundRun = async (invocation: Invocation, text: string): Promise<AnyRun> => {
  if (MOVE.test(text)) return found(inOperators(invocation), 'run', HostedClusterMigration, text);
  if (OF_PLAN.test(text)) return found(invocation, 'run', MigMigration, text);
  const name = nameOf('run', text);
  const [run, move] = await Promise.all([
    withName(invocation, MigMigration, name),
    withName(inOperators(invocation), HostedClusterMigration, name),
  ]);
  if (run !== undefined && move !== undefined)
    throw new Failure(`run "${name}" means two`, {
      reason: 'AmbiguousName',
      why: 'a plan and a move of a hosted cluster have a run of that name',
      next: `migmigration/${name}, or hcm/${name}, in place of the name`,
      exitCode: exitCodes.usage,
    });
  return run ?? move ?? found(invocation, 'run', MigMigration, name);
};

/** A run of a plan, for what moves do not have. */
export const foundPlanRun = async (invocation: Invocation, text: string, what: string): Promise<MigMigration> => {
  const run = await foundRun(invocation, text);
  if (!isMove(run)) return run;
  throw new Failure(`run "${run.metadata.name}" cannot be ${what}`, {
    reason: 'NotAllowedNow',
    why: 'it is the move of a hosted cluster',
    next: commandLine(invocation, `run describe hcm/${run.metadata.name}`),
    exitCode: exitCodes.refused,
  });
};
