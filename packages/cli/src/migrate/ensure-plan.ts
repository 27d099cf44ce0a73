import { fieldManagers, MigPlan } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { blockersOf, holds } from '../printers/condition-facts.ts';
import { firstState, type Waiting } from '../watch-object.ts';
import { type Host, notReady } from './ready.ts';
import { selectVolumes, unknownClasses } from './select-volumes.ts';
import { isSettled, judgedAgain } from './settled.ts';

/** What a plan is made of; all names are of objects in the namespace of the plan. */
export type PlanParts = {
  namespace: string;
  name: string;
  source: string;
  target: string;
  storage: string;
  namespaces: readonly string[];
  storageClasses: ReadonlyMap<string, string>;
};

/** Creates the plan, or brings it to these parts. Its volumes are left to discovery. */
export const applyPlan = (
  host: Client,
  { namespace, name, source, target, storage, namespaces }: Omit<PlanParts, 'storageClasses'>,
): Promise<MigPlan> =>
  host.apply(
    MigPlan,
    {
      apiVersion: 'migration.openshift.io/v1alpha1',
      kind: 'MigPlan',
      metadata: { namespace, name },
      spec: {
        srcMigClusterRef: { namespace, name: source },
        destMigClusterRef: { namespace, name: target },
        migStorageRef: { namespace, name: storage },
        namespaces,
      },
    },
    { fieldManager: fieldManagers.cli },
  );

const checkClasses = (plan: MigPlan, classes: ReadonlyMap<string, string>): void => {
  const unknown = unknownClasses(plan, classes);
  if (unknown.length === 0) return;
  const there = (plan.status?.srcStorageClasses ?? []).map(({ name }) => name).join(', ') || 'none';
  throw new Failure(`--storage-class names ${unknown.join(', ')}, which the source does not have`, {
    reason: 'StorageClassUnknown',
    why: `the storage classes of the source are: ${there}`,
    next: 'the command with --storage-class SOURCE_CLASS=TARGET_CLASS of these',
    exitCode: exitCodes.usage,
  });
};

/** Writes the choices for all volumes, unless they are there already; another write in between is read and chosen about again. */
const chooseVolumes = async (host: Client, plan: MigPlan, classes: ReadonlyMap<string, string>): Promise<MigPlan> => {
  const { namespace, name = '', resourceVersion } = plan.metadata;
  const volumes = selectVolumes(plan.spec.persistentVolumes ?? [], classes, plan.status?.destStorageClasses);
  if (JSON.stringify(volumes) === JSON.stringify(plan.spec.persistentVolumes ?? [])) return plan;
  try {
    return await host.patch(
      MigPlan,
      { namespace, name },
      { metadata: { resourceVersion }, spec: { persistentVolumes: volumes } },
      { fieldManager: fieldManagers.cli },
    );
  } catch (error) {
    const current = isApiError(error, 'Conflict') ? await host.get(MigPlan, { namespace, name }) : undefined;
    if (current === undefined) throw error;
    return chooseVolumes(host, current, classes);
  }
};

/** Creates the plan, waits for its volumes, chooses about them, and waits until it is ready. */
export const ensurePlan = async ({ client, place }: Host, parts: PlanParts, waiting: Waiting): Promise<MigPlan> => {
  const { namespace, name } = parts;
  const refused = (plan: MigPlan) => notReady('plan', plan, { exitCode: exitCodes.refused, place });
  const discovered = await judgedAgain(client, MigPlan, await applyPlan(client, parts), waiting);
  if (!holds(discovered, 'PvsDiscovered')) throw refused(discovered);
  checkClasses(discovered, parts.storageClasses);
  await chooseVolumes(client, discovered, parts.storageClasses);
  const plan = await firstState(client, MigPlan, { namespace, name }, isSettled, waiting);
  if (blockersOf(plan).length > 0) throw refused(plan);
  return plan;
};
