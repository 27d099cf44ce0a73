import { mkdirSync, writeFileSync } from 'node:fs';
import type { Progress } from '@godwit/devcluster';
import { openHosted } from '../../support/hosted/access.ts';
import { type HostedSet, startHostedSet } from '../../support/hosted/hosted-set.ts';
import { deployMarker, type MarkerPod, markerPods } from '../../support/hosted/marker.ts';
import { hostedOperator } from '../../support/hosted/operator.ts';
import { startSample, startWorkers } from '../../support/hosted/start-sample.ts';
import type { OperatorProcess } from '../operator.ts';
import { type FaultProxy, startProxy } from '../proxy.ts';
import { type StoreProxy, startStoreProxy } from './store-proxy.ts';

/** The set of clusters that these faults own. */
export const HOSTED_FAULTS = 'hosted-faults';
/** Where their logs go. */
export const FOLDER = 'build/faults';

/** A hosted cluster on alpha with a worker and a workload; the operator of beta, which carries out moves, can be struck at each of its records. */
export type Stage = {
  set: HostedSet;
  /** Before the API server of beta. */
  proxy: FaultProxy;
  store: StoreProxy;
  source: OperatorProcess;
  destination: OperatorProcess;
  nodes: Map<string, string>;
  pods: MarkerPod[];
  say: Progress;
};

const operatorsOf = (set: HostedSet, proxy: FaultProxy) => {
  for (const side of ['alpha', 'beta']) writeFileSync(`${FOLDER}/operator-${side}.log`, '');
  const source = hostedOperator(set, 'alpha', `${FOLDER}/operator-alpha.log`);
  const destination = hostedOperator(set, 'beta', `${FOLDER}/operator-beta.log`, proxy.kubeconfig);
  for (const operator of [source, destination]) operator.start();
  return { source, destination };
};

/** Starts everything. */
export const prepare = async (say: Progress): Promise<Stage> => {
  mkdirSync(FOLDER, { recursive: true });
  const set = await startHostedSet(HOSTED_FAULTS, say);
  const store = await startStoreProxy(set);
  const proxy = await startProxy(set.kubeconfig, 'beta', FOLDER, 'hostedclustermigrations');
  const operators = operatorsOf(set, proxy);
  await startSample(set, 'alpha', { authorities: store.authority });
  const { kubectl } = await openHosted(set, 'alpha', FOLDER);
  const nodes = await startWorkers(set, { side: 'alpha', replicas: 1 }, kubectl);
  await deployMarker(kubectl);
  return { set, proxy, store, ...operators, nodes, pods: await markerPods(kubectl), say };
};

/** Ends what runs beside the clusters. */
export const endStage = async ({ proxy, store, source, destination }: Stage): Promise<void> => {
  for (const operator of [source, destination]) await operator.stop();
  proxy.close();
  store.close();
};
