import { ImageBasedUpgrade, UPGRADE_NAME, upgradeAnnotations } from '@godwit/api';
import { createRecorder, createTasks, silentLog, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { run } from '@godwit/testkit';
import type { StageHandlers, StageOutcome } from '../handler/stage-handler.ts';
import type { HostDriver } from '../host/driver.ts';
import { idleHandler } from '../idle/idle-handler.ts';
import { textsOf } from '../stage/conditions.fixture.ts';
import type { UpgradeWorld } from '../world.ts';
import { upgradeController } from './controller.ts';

/** The name of the object. */
export const upgradeName = { name: UPGRADE_NAME };

/** What the handlers of the stages of work answer; a test changes it. */
export type Script = Record<'Prep' | 'Upgrade' | 'Rollback', StageOutcome>;

/** Stages of work that answer what the script says, beside the true Idle. */
export const scripted = (script: Script): StageHandlers => ({
  Idle: idleHandler,
  Prep: async () => script.Prep,
  Upgrade: async () => script.Upgrade,
  Rollback: async () => script.Rollback,
});

/** A script in which every stage works on. */
export const working = (): Script => ({
  Prep: { type: 'working', message: 'In progress' },
  Upgrade: { type: 'working', message: 'In progress' },
  Rollback: { type: 'working', message: 'In progress' },
});

/** What the agent may touch on this cluster. */
export const worldOn = (cluster: Client, host: HostDriver): UpgradeWorld => ({
  clock: systemClock,
  log: silentLog,
  cluster,
  host,
  tasks: createTasks({ clock: systemClock, log: silentLog }),
  recorder: createRecorder({ clock: systemClock, component: 'godwit.io/upgrade', log: silentLog }),
});

/** Runs the agent until it is disposed of. */
export const agentOn = (cluster: Client, host: HostDriver, handlers: StageHandlers) =>
  run(() => [upgradeController(worldOn(cluster, host), handlers)]);

/** Reads the object and writes of its status what users look at. */
export const looksLike = async (cluster: Client) => {
  const upgrade = await cluster.get(ImageBasedUpgrade, upgradeName);
  const { conditions = [], validNextStages, observedGeneration } = upgrade?.status ?? {};
  return { conditions: textsOf(conditions), next: validNextStages, observed: observedGeneration === upgrade?.metadata.generation };
};

/** Asks for a stage, with what else is to be changed. */
export const ask = (cluster: Client, stage: string, spec: object = {}) =>
  cluster.patch(ImageBasedUpgrade, upgradeName, { spec: { stage, ...spec } });

let nudges = 0;

/** Makes the agent look at once. */
export const nudge = (cluster: Client, annotations: Record<string, string> = {}) => {
  nudges += 1;
  return cluster.patch(ImageBasedUpgrade, upgradeName, {
    metadata: { annotations: { [upgradeAnnotations.triggerReconcile]: String(nudges), ...annotations } },
  });
};
