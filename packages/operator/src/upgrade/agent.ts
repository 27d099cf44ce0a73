import { LCA_NAMESPACE, OADP_NAMESPACE } from '@godwit/api';
import { createManager, createMetrics, createRecorder, createTasks, serveHealth, systemClock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { type HostDriver, resumeUpgradeWork, type UpgradeWorld, upgradeControllers } from '@godwit/upgrade';
import { engineControllers } from '../engine-controllers.ts';
import { ensureNamespace } from '../ensure-namespace.ts';
import type { Operator, OperatorOptions } from '../options.ts';
import { startService, untilReady, type Work } from '../service.ts';
import { installKinds } from './install-kinds.ts';

/** How the agent of a single node is run. */
export type AgentOptions = Pick<OperatorOptions, 'engine' | 'allowFolders' | 'healthPort' | 'log'> & {
  /** The cluster of the node. */
  cluster: Client;
  /** The node itself. */
  host: HostDriver;
};

const RETRY_SECONDS = 2;

/** An API server that is still starting is no fault: it is asked again until it takes what the agent needs. */
const prepare = async ({ cluster, log }: AgentOptions, signal: AbortSignal): Promise<void> => {
  for (;;) {
    try {
      for (const namespace of [LCA_NAMESPACE, OADP_NAMESPACE]) await ensureNamespace(cluster, namespace);
      return await installKinds(cluster, signal, { log });
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ err: error }, 'the cluster of this node does not answer as it should yet; it is asked again');
      await systemClock.sleep(RETRY_SECONDS, signal);
    }
  }
};

const worldOf = ({ cluster, host, log }: AgentOptions): UpgradeWorld => ({
  clock: systemClock,
  log,
  cluster,
  host,
  tasks: createTasks({ clock: systemClock, log }),
  recorder: createRecorder({ clock: systemClock, component: 'godwit.io/upgrade', log }),
});

const workOf = (options: AgentOptions): Work => {
  const { log, healthPort, cluster } = options;
  const metrics = createMetrics();
  const manager = createManager({ clock: systemClock, log, metrics });
  const world = worldOf(options);

  return async (signal, ready) => {
    const health = healthPort === undefined ? undefined : await serveHealth({ port: healthPort, ready: () => manager.ready(), metrics });
    try {
      await resumeUpgradeWork(world, signal);
      await prepare(options, signal);
      const engine = engineControllers({ ...options, settings: { namespace: OADP_NAMESPACE } });
      for (const controller of [...upgradeControllers(world), ...engine(cluster, manager.cache)]) manager.add(controller);
      untilReady(manager, signal).then(ready, () => {}); // stopped before it was ready
      await manager.start(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      await world.tasks.close();
      await health?.close();
    }
  };
};

/**
 * Starts what runs on a single node: the controllers of its upgrade, and a backup engine for openshift-adp. There is one agent per node, so it
 * takes no lease. It waits for an API server that is still starting.
 */
export const startAgent = (options: AgentOptions): Operator => startService(workOf(options));
