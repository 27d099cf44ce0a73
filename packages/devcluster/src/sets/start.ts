import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CONTROL_PLANE_PROGRAMS, findPrograms, NODE_PROGRAMS } from '../binaries/programs.ts';
import { installDebianPackages } from '../debian/install.ts';
import { requireRoot } from '../host/prerequisites.ts';
import { type Kubeconfig, mergeKubeconfigs } from '../kubeconfig.ts';
import { thisProcess } from '../processes/identity.ts';
import { type Progress, silent } from '../progress.ts';
import { fillWithClusters, fillWithControlPlanes, type SetPlan } from './fill.ts';
import { requireName, setFolder } from './folders.ts';
import { isRevivable, revive } from './revive.ts';
import { changeState, readState, requireState, type SetState, writeState } from './state.ts';
import { stopSet, sweepOrphans } from './stop.ts';

/** What a set is made of. */
export type SetOptions = {
  /** Default `dev`. */
  id?: string;
  /** Names of the clusters; default alpha and beta. */
  clusters?: readonly string[];
  /** Only etcd, API server and controller manager, on 127.0.0.1; default false. */
  controlPlaneOnly?: boolean;
  /** Size of the file system for volumes of each node; default 8192. It takes room on the disk only as it fills. */
  volumeMegabytes?: number;
  /** Whether the set is a leftover once this process has ended; default false. */
  bound?: boolean;
  progress?: Progress;
};

/** Path of the kubeconfig with a context for each cluster of a set. */
export const setKubeconfigPath = (id: string): string => join(setFolder(id), 'kubeconfig');

const finish = async (id: string, clusters: readonly string[]): Promise<SetState> => {
  const ordered = clusters.flatMap((name) => requireState(id).clusters.filter((each) => each.name === name));
  const parts = ordered.map(({ kubeconfigPath }) => parse(readFileSync(kubeconfigPath, 'utf8')) as Kubeconfig);
  writeFileSync(setKubeconfigPath(id), mergeKubeconfigs(parts), { mode: 0o600 });
  return changeState(id, (current) => ({ ...current, clusters: ordered, complete: true }));
};

const startAnew = async (plan: SetPlan, { controlPlaneOnly = false, bound = false }: SetOptions): Promise<SetState> => {
  await stopSet(plan.id);
  writeState({ version: 1, id: plan.id, ...(bound ? { owner: thisProcess() } : {}), complete: false, clusters: [], components: [] });
  try {
    await (controlPlaneOnly ? fillWithControlPlanes(plan) : fillWithClusters(plan));
    return await finish(plan.id, plan.clusters);
  } catch (error) {
    await stopSet(plan.id);
    throw error;
  }
};

/** Refuses to take a running set for one that has other clusters, or has them with other parts. */
const requireSame = (state: SetState, clusters: readonly string[], controlPlaneOnly: boolean): void => {
  const names = state.clusters.map(({ name }) => name);
  const whole = state.clusters.every(({ node }) => node !== undefined);
  if (clusters.every((name) => names.includes(name)) && whole === !controlPlaneOnly) return;
  const what = `${names.join(', ')}${whole ? '' : ' (control planes only)'}`;
  throw new Error(
    `Set ${state.id} runs already, with ${what}. End it first (godwit-dev down --set ${state.id}), or start another: godwit-dev up --set ID`,
  );
};

/** Starts a set of clusters, or returns the one that runs already; leftovers of a crash are removed first, and nothing is left behind on failure. */
export const startSet = async (options: SetOptions = {}): Promise<SetState> => {
  const { id = 'dev', clusters = ['alpha', 'beta'], controlPlaneOnly = false, volumeMegabytes = 8192, progress = silent } = options;
  requireName('Set id', id);
  for (const cluster of clusters) requireName('Cluster name', cluster);
  if (!controlPlaneOnly) {
    requireRoot('starting nodes');
    await installDebianPackages(progress);
  }
  const programs = await findPrograms(
    controlPlaneOnly ? CONTROL_PLANE_PROGRAMS : [...CONTROL_PLANE_PROGRAMS, ...NODE_PROGRAMS, 'minio'],
    progress,
  );
  await sweepOrphans();
  const existing = readState(id);
  if (!isRevivable(existing)) return startAnew({ id, clusters, volumeMegabytes, programs, progress }, options);
  requireSame(existing, clusters, controlPlaneOnly);
  await revive(existing, progress);
  return requireState(id);
};
