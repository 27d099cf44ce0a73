import { finalizers, labels, MigMigration } from '@godwit/api';
import { touched } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { hostName, type Plan, type Run } from './scope.ts';

const adopted = ({ metadata }: Run, plan: Plan): boolean =>
  metadata.labels?.[labels.migrationUid] === metadata.uid &&
  (metadata.ownerReferences ?? []).some(({ uid }) => uid === plan.metadata.uid) &&
  (metadata.finalizers ?? []).includes(finalizers.migrationCleanup);

/** Ties a run to its plan (labels, owner) and keeps it from vanishing before its source applications are awake. */
export const adopt = async (host: Client, run: Run, plan: Plan): Promise<Run> => {
  if (adopted(run, plan)) return run;
  const { apiVersion, kind, metadata } = plan;
  const owner = { apiVersion, kind, name: metadata.name ?? '', uid: metadata.uid ?? '' };
  const patch = {
    metadata: {
      resourceVersion: run.metadata.resourceVersion,
      labels: { [labels.migrationUid]: run.metadata.uid ?? '', [labels.migPlanName]: metadata.name ?? '' },
      annotations: touched(),
      ownerReferences: [...(run.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== owner.uid), owner],
      finalizers: [...new Set([...(run.metadata.finalizers ?? []), finalizers.migrationCleanup])],
    },
  };
  return host.patch(MigMigration, hostName(run), patch);
};
