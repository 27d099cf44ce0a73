import { setTimeout as sleep } from 'node:timers/promises';
import { accessOf, connect, loadKubeconfig } from '@godwit/kube';
import { KEEPER } from '../node/volumes.ts';
import { type Progress, step } from '../progress.ts';
import { isRunning, launch, resumeComponent } from './components.ts';
import type { ClusterState, SetState } from './state.ts';

const PATIENCE_MILLISECONDS = 60_000;

/** Whether a started set can be made whole by starting what has ended: as long as the nodes' mounts are there, nothing is lost. */
export const isRevivable = (state: SetState | undefined): state is SetState =>
  state?.complete === true && state.components.some(isRunning) && state.components.filter(({ name }) => name === KEEPER).every(isRunning);

const isReady = async ({ kubeconfigPath }: ClusterState): Promise<boolean> => {
  const client = connect(accessOf(loadKubeconfig({ path: kubeconfigPath })));
  try {
    await client.request('GET', '/readyz');
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
};

const untilReady = async (cluster: ClusterState): Promise<void> => {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await isReady(cluster))) {
    if (Date.now() > deadline)
      throw new Error(`The API server of ${cluster.name} does not come back. Start anew: godwit-dev down, then godwit-dev up`);
    await sleep(200);
  }
};

/** Starts again what has ended in a set and lets go on what was paused, in the order of the first start; data stay. */
export const revive = async (state: SetState, progress: Progress): Promise<void> => {
  const ended = state.components.filter((component) => !isRunning(component));
  for (const { cluster, name } of state.components) await resumeComponent(state.id, cluster, name);
  if (ended.length === 0) return;
  await step(
    progress,
    `Starting again what has ended: ${ended.map(({ cluster, name }) => (cluster ? `${cluster}/${name}` : name)).join(', ')}`,
    async () => {
      for (const component of ended) await launch(state.id, component);
      await Promise.all(state.clusters.map(untilReady));
    },
  );
};
