import { startComponent, stopComponent } from '@godwit/devcluster';
import { apply } from '../../support/manifests.ts';
import { until } from '../../support/until.ts';
import { conditionOf, readUpgrade } from '../../support/upgrade/upgrade.ts';
import { AGENT, OADP } from '../../support/upgrade/workload.ts';
import type { BadInput } from './bad-input.ts';
import { inStateroot, masked, within } from './spoil.ts';
import type { Stage } from './stage.ts';
import { endOf, runStage } from './stages.ts';

const failed = (message: string): string => `UpgradeInProgress=False Failed: ${message}`;

const storeAway = ({ set }: Stage): Promise<void> => stopComponent(set.id, undefined, 'minio');

const locationOf = ({ edge }: Stage): Promise<string> =>
  edge.kubectl.run(['get', 'bsl', 'dataprotectionapplication-1', '-n', OADP, '-o', 'jsonpath={.status.phase}']);

/** The store answers again, and the agent has found out. */
const storeBack = async (stage: Stage): Promise<void> => {
  await startComponent(stage.set.id, undefined, 'minio');
  await until('the backup location to be available', 240, async () => ((await locationOf(stage)) === 'Available' ? true : undefined));
};

const CLEANUP =
  "failed to delete all the backup CRs. Perform cleanup manually then add 'lca.openshift.io/manual-cleanup-done' annotation to ibu CR to transition back to Idle";

const endOfIdle = async (stage: Stage, reason: string): Promise<string[]> => {
  const [wanted, end] = [`Idle=False ${reason}: ${CLEANUP}`, endOf(await runStage(stage, 'Idle'), 'Idle')];
  return end === wanted ? [] : [`it ends with ${end} instead of ${wanted}`];
};

/** A DataProtectionApplication as OADP keeps it: with one, Prep looks at where backups go. */
const APPLICATION = {
  definition: {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'dataprotectionapplications.oadp.openshift.io' },
    spec: {
      group: 'oadp.openshift.io',
      scope: 'Namespaced',
      names: { kind: 'DataProtectionApplication', plural: 'dataprotectionapplications', singular: 'dataprotectionapplication' },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  },
  object: {
    apiVersion: 'oadp.openshift.io/v1alpha1',
    kind: 'DataProtectionApplication',
    metadata: { name: 'dataprotectionapplication', namespace: OADP },
    status: { conditions: [{ type: 'Reconciled', status: 'True', reason: 'Complete' }] },
  },
};

const WAITS =
  'Waiting for system to stabilize before Prep stage can continue: one or more health checks failed: backupStorageLocation dataprotectionapplication-1 not available';

const giveApplication = async ({ edge: { kubectl } }: Stage): Promise<void> => {
  await apply(kubectl, APPLICATION.definition);
  await until('DataProtectionApplications to be served', 60, () => apply(kubectl, APPLICATION.object).then(() => true));
};

const takeApplication = async ({ edge: { kubectl } }: Stage): Promise<void> => {
  await kubectl.run(['delete', 'customresourcedefinition', APPLICATION.definition.metadata.name, '--ignore-not-found', '--timeout=60s']);
};

/** Prep waits for the store; as soon as that is back, it goes on. */
const waitForStore = async (stage: Stage): Promise<void> => {
  await until(`Prep to say: ${WAITS}`, 240, async () => {
    const said = conditionOf(await readUpgrade(stage.edge.kubectl), 'PrepInProgress');
    return said === `PrepInProgress=True InProgress: ${WAITS}` ? said : undefined;
  });
  await storeBack(stage);
};

const REFUSED = 'refused-cm';
const refusedText = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: refused\n  namespace: default\ndata:\n  number: 1\n';

const inUpgrade = (bad: Omit<BadInput, 'stage' | 'next'>): BadInput => ({ stage: 'Upgrade', next: 'Idle', ...bad });

/** What goes wrong after Prep: the store of backups, and the new release. */
export const lateInputs: readonly BadInput[] = [
  {
    name: 'S3 unreachable at prep',
    stage: 'Prep',
    next: 'Idle,Upgrade',
    says: 'PrepCompleted=True Completed: Prep stage completed successfully',
    before: async (stage) => {
      await giveApplication(stage);
      await storeAway(stage);
      await until('the backup location to be unavailable', 240, async () => ((await locationOf(stage)) === 'Available' ? undefined : true));
    },
    beside: waitForStore,
    mend: async (stage) => {
      await takeApplication(stage);
      await storeBack(stage);
    },
  },
  inUpgrade({
    name: 'S3 unreachable at upgrade and abort',
    says: failed('Failed backup CRs: apache-app'),
    spoil: storeAway,
    also: (stage) => endOfIdle(stage, 'AbortFailed'),
    mend: storeBack,
  }),
  {
    name: 'S3 unreachable at finalise',
    stage: 'Idle',
    next: '',
    says: `Idle=False FinalizeFailed: ${CLEANUP}`,
    spoil: storeAway,
    mend: storeBack,
  },
  inUpgrade({
    name: 'new release whose kubelet never starts',
    says: failed('Rollback due to LCA Init Monitor timeout, after 1m30s'),
    spec: within(90),
    spoil: masked('kubelet'),
  }),
  inUpgrade({
    name: 'new release whose store never starts',
    says: failed('Rollback due to LCA Init Monitor timeout, after 45s'),
    spec: within(45),
    spoil: masked('etcd'),
  }),
  inUpgrade({
    name: 'new release that cannot be configured',
    says: /^UpgradeInProgress=False Failed: Rollback due to postpivot failure: remember-seed: ./,
    spoil: inStateroot('echo "{" > var/seed_data/manifest.json'),
  }),
  inUpgrade({
    name: 'a manifest that the new release refuses',
    says: /^UpgradeInProgress=False Failed: Rollback due to failure applying config manifests: ./,
    before: ({ edge }) =>
      apply(edge.kubectl, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: REFUSED, namespace: AGENT },
        data: { 'a.yaml': refusedText },
      }),
    spec: (good) => ({ ...good, extraManifests: [{ name: REFUSED, namespace: AGENT }] }),
    mend: ({ edge }) => edge.kubectl.run(['delete', 'configmap', REFUSED, '-n', AGENT]),
  }),
];
