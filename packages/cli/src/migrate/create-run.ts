import { annotations, fieldManagers, MigMigration } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';

/** What a run is to do; the plan is in the same namespace. */
export type RunParts = {
  namespace: string;
  name: string;
  plan: string;
  spec: Omit<MigMigration['spec'], 'migPlanRef'>;
  /** Comma list of phases before which it stops. */
  holdBefore?: string | undefined;
};

/** Creates a run; one of that name that is there already is taken as it is. */
export const createRun = async (host: Client, { namespace, name, plan, spec, holdBefore }: RunParts): Promise<MigMigration> => {
  const run: MigMigration = {
    apiVersion: 'migration.openshift.io/v1alpha1',
    kind: 'MigMigration',
    metadata: { namespace, name, ...(holdBefore === undefined ? {} : { annotations: { [annotations.holdBefore]: holdBefore } }) },
    spec: { migPlanRef: { namespace, name: plan }, ...spec },
  };
  try {
    return await host.create(MigMigration, run, { fieldManager: fieldManagers.cli });
  } catch (error) {
    const existing = isApiError(error, 'AlreadyExists') ? await host.get(MigMigration, { namespace, name }) : undefined;
    if (existing === undefined) throw error;
    return existing;
  }
};
