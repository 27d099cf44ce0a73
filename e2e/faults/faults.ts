import { setTimeout as pause } from 'node:timers/promises';
import { startComponent, stopComponent } from '@godwit/devcluster';
import type { LocalSet } from '../support/local-set.ts';
import type { OperatorProcess } from './operator.ts';

/** When a strike's effect has passed. */
export type Struck = { over: Promise<void> };

/** One way to strike a run: what it is called in the table, and what it does while the write waits for its answer. */
export type Fault = { name: string; strike: (set: LocalSet, operator: OperatorProcess) => Promise<Struck> };

const AT_ONCE: Struck = { over: Promise.resolve() };

/** How long a component stays away: longer than one request's patience, shorter than any phase's. */
const OUTAGE_SECONDS = 30;

const outage = (name: string, cluster: string | undefined, component: string): Fault => ({
  name,
  strike: async ({ id }) => {
    await stopComponent(id, cluster, component);
    // The outage goes on beside the run; the write that it struck gets its answer meanwhile.
    return { over: pause(OUTAGE_SECONDS * 1000).then(() => startComponent(id, cluster, component)) };
  },
});

const TRANSFER_PODS = 'app=directvolumemigration-rsync-transfer';

/** Every fault, by the name under which it appears in the table. */
export const faults: readonly Fault[] = [
  {
    name: 'kill -9 operator',
    strike: async (_set, operator) => {
      await operator.kill();
      operator.start();
      return AT_ONCE;
    },
  },
  outage('source API server away for 30 s', 'alpha', 'kube-apiserver'),
  outage('target API server away for 30 s', 'beta', 'kube-apiserver'),
  outage('object store away for 30 s', undefined, 'minio'),
  {
    name: 'transfer pods deleted',
    strike: async ({ alpha, beta }) => {
      for (const cluster of [alpha, beta])
        await cluster.run(['delete', 'pods', '-n', 'shop', '-l', TRANSFER_PODS, '--ignore-not-found', '--grace-period=0', '--force']);
      return AT_ONCE;
    },
  },
];
