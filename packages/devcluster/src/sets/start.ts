import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CONTROL_PLANE_PROGRAMS, findPrograms, HOSTED_PROGRAMS, NODE_PROGRAMS } from '../binaries/programs.ts';
import { installDebianPackages } from '../debian/install.ts';
import { DEBIAN_PACKAGES, HOSTED_DEBIAN_PACKAGES } from '../debian/packages.ts';
import { requireRoot } from '../host/prerequisites.ts';
import { type Kubeconfig, mergeKubeconfigs } from '../kubeconfig.ts';
import { startMachines } from '../machines/start.ts';
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
  /** Whether control planes are to be hosted on the clusters: bind9, Cluster API's CRDs, the programs of the payload, and the provider of local machines; default false. */
  hosted?: boolean;
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
    await finish(plan.id, plan.clusters);
    if (plan.hosted) await startMachines(plan.id);
    return requireState(plan.id);
  } catch (error) {
    await stopSet(plan.id);
    throw error;
  }
};

type Wanted = { clusters: readonly string[]; controlPlaneOnly: boolean; hosted: boolean };

const programsOf = ({ controlPlaneOnly, hosted }: Wanted): string[] => [
  ...CONTROL_PLANE_PROGRAMS,
  ...(controlPlaneOnly ? [] : [...NODE_PROGRAMS, 'minio']),
  ...(hosted ? HOSTED_PROGRAMS : []),
];

const prepareHost = async ({ controlPlaneOnly, hosted }: Wanted, progress: Progress): Promise<void> => {
  if (controlPlaneOnly) {
    if (hosted) throw new Error('Control planes are hosted on nodes: leave out either controlPlaneOnly or hosted');
    return;
  }
  requireRoot('starting nodes');
  await installDebianPackages(progress, hosted ? [...DEBIAN_PACKAGES, ...HOSTED_DEBIAN_PACKAGES] : DEBIAN_PACKAGES);
};

/** Refuses to take a running set for one that has other clusters, or has them with other parts. */
const requireSame = (state: SetState, { clusters, controlPlaneOnly, hosted }: Wanted): void => {
  const names = state.clusters.map(({ name }) => name);
  const whole = state.clusters.every(({ node }) => node !== undefined);
  if (clusters.every((name) => names.includes(name)) && whole === !controlPlaneOnly && (!hosted || state.dns)) return;
  const what = `${names.join(', ')}${whole ? '' : ' (control planes only)'}${hosted && !state.dns ? ', without the parts for hosted control planes' : ''}`;
  throw new Error(
    `Set ${state.id} runs already, with ${what}. End it first (godwit-dev down --set ${state.id}), or start another: godwit-dev up --set ID`,
  );
};

/** Starts a set of clusters, or returns the one that runs already; leftovers of a crash are removed first, and nothing is left behind on failure. */
export const startSet = async (options: SetOptions = {}): Promise<SetState> => {
  const { id = 'dev', clusters = ['alpha', 'beta'], controlPlaneOnly = false, hosted = false, volumeMegabytes = 8192 } = options;
  const { progress = silent } = options;
  const wanted: Wanted = { clusters, controlPlaneOnly, hosted };
  requireName('Set id', id);
  for (const cluster of clusters) requireName('Cluster name', cluster);
  await prepareHost(wanted, progress);
  const programs = await findPrograms(programsOf(wanted), progress);
  await sweepOrphans();
  const existing = readState(id);
  if (!isRevivable(existing)) return startAnew({ id, clusters, volumeMegabytes, hosted, programs, progress }, options);
  requireSame(existing, wanted);
  await revive(existing, progress);
  return requireState(id);
};
