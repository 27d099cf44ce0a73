import { ImageBasedUpgrade, Namespace, UPGRADE_NAME, upgradeMessages } from '@godwit/api';
import type { Controller, Delay, Round } from '@godwit/controller';
import { ANNOTATION_MISSPELT, misspeltAnnotations } from '../annotations/near-miss.ts';
import { SWITCH_VALUE_UNKNOWN, unknownSwitches } from '../annotations/switches.ts';
import type { StageHandlers, StageScope } from '../handler/stage-handler.ts';
import { type Gate, ipConfigGate } from '../stage/ip-config-gate.ts';
import { isIdle } from '../stage/stage-conditions.ts';
import { stageInProgress } from '../stage/stage-in-progress.ts';
import type { UpgradeWorld } from '../world.ts';
import { followAnnotations, followSpec, noteOutcome, noteStart, settle } from './advance.ts';
import { appear, restoreCarried } from './appear.ts';
import { readIpConfig } from './ip-config.ts';
import { openScope } from './scope.ts';
import { velerosSources } from './velero-sources.ts';

const MISSING: Delay = '2s';
const BLOCKED: Delay = '30s';

const look = (scope: StageScope): void => {
  const { annotations } = scope.upgrade.current().metadata;
  scope.report.found([ANNOTATION_MISSPELT], misspeltAnnotations(annotations));
  scope.report.found([SWITCH_VALUE_UNKNOWN], unknownSwitches(annotations));
};

const block = (scope: StageScope): void =>
  scope.upgrade.tell({ type: 'blocked', stage: scope.upgrade.stage(), message: upgradeMessages.ipConfigNotIdle });

const unblock = ({ upgrade }: StageScope): void =>
  upgrade.change((status) => ({ ...status, conditions: (status.conditions ?? []).filter(({ reason }) => reason !== 'Blocked') }));

const work = async (scope: StageScope, handlers: StageHandlers): Promise<Delay | undefined> => {
  await followAnnotations(scope);
  await followSpec(scope);
  await settle(scope);
  const stage = stageInProgress(scope.upgrade.conditions());
  if (stage === undefined) return undefined;
  noteStart(scope, stage);
  const outcome = await handlers[stage](scope);
  noteOutcome(scope, stage, outcome);
  return outcome.type === 'working' ? outcome.after : undefined;
};

const delayOfGate = (gate: Exclude<Gate, 'open'>): Delay => (gate === 'missing' ? MISSING : BLOCKED);

const round = async (world: UpgradeWorld, handlers: StageHandlers, signal: AbortSignal): Promise<Delay | undefined> => {
  const scope = await openScope(world, await appear(world), signal);
  look(scope);
  try {
    const gate = ipConfigGate(await readIpConfig(world.cluster));
    if (gate === 'blocked' && isIdle(scope.upgrade.conditions())) block(scope);
    if (gate !== 'open') return delayOfGate(gate);
    unblock(scope);
    return await work(scope, handlers);
  } finally {
    await settle(scope);
  }
};

/**
 * Walks the one ImageBasedUpgrade of a cluster through its stages: makes it, follows its spec and annotations, runs the handler of the stage
 * that is in progress, and says in the status what has happened and what may be asked for next.
 */
export const upgradeController = (world: UpgradeWorld, handlers: StageHandlers): Controller => {
  let isStarted = false;
  let wake: Round['wake'] | undefined;
  world.tasks.onChange(() => wake?.(UPGRADE_NAME));
  return {
    name: 'image-based-upgrade',
    concurrency: 1,
    sources: [
      {
        client: world.cluster,
        resource: ImageBasedUpgrade,
        keys: ({ metadata }) => (metadata.name === UPGRADE_NAME ? [UPGRADE_NAME] : []),
      },
      // there is always one, so that there is a first round although nobody has made an upgrade
      { client: world.cluster, resource: Namespace, labelSelector: 'kubernetes.io/metadata.name=kube-system', keys: () => [UPGRADE_NAME] },
    ],
    reconcile: async (_key, context) => {
      wake = context.wake;
      if (!isStarted) {
        await restoreCarried(world);
        for (const source of await velerosSources(world.cluster)) context.watch(source);
        isStarted = true;
      }
      const after = await round(world, handlers, context.signal);
      return after === undefined ? undefined : { after };
    },
  };
};
