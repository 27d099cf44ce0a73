import type { Run } from '../host/run.ts';

/** The cluster's own services of a node, without the agent: the seed's files stand still only while none of them runs. */
const UNITS = [
  'containerd',
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'coredns',
  'kubelet',
] as const;

const PROGRAM = '/usr/libexec/godwit-unit';
const CONTAINERS = ['ctr', '--namespace', 'k8s.io', 'tasks'] as const;

const stopContainers = async (run: Run): Promise<void> => {
  const names = (await run([...CONTAINERS, 'list', '--quiet'])).split('\n').filter((name) => name !== '');
  // One that has ended by itself meanwhile is no failure.
  for (const name of names) await run([...CONTAINERS, 'kill', '--signal', 'SIGKILL', name]).catch(() => '');
};

const isUp = (run: Run, unit: string): Promise<boolean> =>
  run([PROGRAM, 'is-active', unit]).then(
    () => true,
    () => false,
  );

/** Whether none of the cluster's services runs. */
export const isClusterStopped = async (run: Run): Promise<boolean> =>
  (await Promise.all(UNITS.map((unit) => isUp(run, unit)))).every((up) => !up);

/** Stops the cluster: first what starts containers, then the containers, then all else. A service that is down already is success. */
export const stopCluster = async (run: Run): Promise<void> => {
  await run([PROGRAM, 'stop', 'kubelet']);
  if (await isUp(run, 'containerd')) await stopContainers(run);
  for (const unit of UNITS.toReversed()) if (unit !== 'kubelet') await run([PROGRAM, 'stop', unit]);
};

/** Starts the cluster in the order in which its services need one another; those that run are left alone. */
export const startCluster = async (run: Run): Promise<void> => {
  for (const unit of UNITS) if (!(await isUp(run, unit))) await run([PROGRAM, 'start', unit]);
};
