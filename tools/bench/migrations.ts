import { Deployment, MigMigration, MigPlan, Namespace } from '@godwit/api';
import { execInNode } from '@godwit/devcluster';
import { apply, planFor, runOf } from '../../e2e/support/manifests.ts';
import { FILL_VOLUME, smallApplication, VOLUME } from './small-application.ts';
import { NAMESPACE, SET, type Stage } from './stage.ts';
import { untilGone, untilObject } from './until.ts';
import { createNamespace, folderOfClaim } from './volumes.ts';

const PLAN_SECONDS = 120;
const RUN_SECONDS = 600;

/** Deploys the small application into a namespace of alpha and waits until it runs. */
export const deploySmall = async ({ set, alpha }: Stage, namespace: string, withVolume: boolean): Promise<void> => {
  await createNamespace(alpha, namespace);
  await apply(set.alpha, ...smallApplication(namespace, withVolume));
  if (withVolume) {
    const folder = await folderOfClaim(alpha, namespace, VOLUME);
    await execInNode(SET, 'alpha', ['/bin/bash', '-euc', `cd ${folder}; ${FILL_VOLUME}`]);
  }
  await untilObject(alpha, Deployment, { namespace, name: 'small', seconds: 120, holds: ({ status }) => status?.readyReplicas === 1 });
};

/** Applies a plan for a namespace, of the same name, and waits until it is ready. */
export const readyPlan = async ({ set, beta }: Stage, namespace: string): Promise<void> => {
  await apply(set.beta, planFor(namespace, namespace));
  await untilObject(beta, MigPlan, {
    namespace: NAMESPACE,
    name: namespace,
    seconds: PLAN_SECONDS,
    holds: ({ status }) => (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  });
};

/** A run that succeeded, with the moments of its creation and of its end as this process saw them. */
export type Cutover = { run: MigMigration; from: number; to: number };

/** Runs a cutover of a ready plan, from the creation of its MigMigration to phase Completed; one that failed is an error. */
export const cutOver = async ({ beta }: Stage, plan: string): Promise<Cutover> => {
  const from = Date.now();
  await beta.create(MigMigration, runOf(plan, plan) as MigMigration);
  const run = await untilObject(beta, MigMigration, {
    namespace: NAMESPACE,
    name: plan,
    seconds: RUN_SECONDS,
    holds: ({ status }) => status?.phase === 'Completed',
  });
  const to = Date.now();
  const { conditions = [], errors = [] } = run.status ?? {};
  if (!conditions.some(({ type, status }) => type === 'Succeeded' && status === 'True'))
    throw new Error(`MigMigration ${plan} did not succeed: ${JSON.stringify({ conditions, errors })}`);
  return { run, from, to };
};

/** How long each phase of a run took, for people: `QuiesceApplications 1 s`, the longest first. Recorded times are whole seconds. */
export const longestPhases = ({ status }: MigMigration): string =>
  (status?.phases ?? [])
    .map(({ name, started, completed }) => ({ name, seconds: (Date.parse(completed ?? '') - Date.parse(started ?? '')) / 1000 }))
    .filter(({ seconds }) => seconds > 0)
    .toSorted((one, other) => other.seconds - one.seconds)
    .map(({ name, seconds }) => `${name} ${seconds} s`)
    .join(', ');

/** Removes the application from both clusters, so that the next sample has them for itself. */
export const removeSmall = async ({ alpha, beta }: Stage, namespace: string): Promise<void> => {
  await Promise.all([alpha, beta].map((client) => client.delete(Namespace, { name: namespace })));
  await Promise.all([alpha, beta].map((client) => untilGone(client, Namespace, { name: namespace, seconds: 120 })));
};
