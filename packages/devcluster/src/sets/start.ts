import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CONTROL_PLANE_PROGRAMS, findPrograms, NODE_PROGRAMS, type Programs } from '../binaries/programs.ts';
import { startControlPlaneOf } from '../control-plane/start.ts';
import { installDebianPackages } from '../debian/install.ts';
import { withLock } from '../host/lock.ts';
import { freePorts } from '../host/ports.ts';
import { requireRoot } from '../host/prerequisites.ts';
import { mergeKubeconfigs } from '../kubeconfig.ts';
import { createCgroup } from '../node/cgroups.ts';
import { inNode } from '../node/enter.ts';
import { hostAddress } from '../node/names.ts';
import { createBridge, createNodeNetwork } from '../node/network.ts';
import { planNode } from '../node/plan.ts';
import { type NodePlan, startContainerd, startNode } from '../node/start.ts';
import { chooseSubnet, readUsedPrefixes } from '../node/subnet.ts';
import { createNodeMounts } from '../node/volumes.ts';
import { thisProcess } from '../processes/identity.ts';
import { type Progress, silent, step } from '../progress.ts';
import { createServiceCertificate, type ServiceFiles } from '../services/certificate.ts';
import { startMinio } from '../services/minio.ts';
import { startRegistry } from '../services/registry.ts';
import { isRunning } from './components.ts';
import { knownSets, machineLock, requireName, setFolder } from './folders.ts';
import { changeState, type ClusterState, readState, requireState, type SetState, writeState } from './state.ts';
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

type Plan = { id: string; clusters: readonly string[]; volumeMegabytes: number; programs: Programs; progress: Progress };

/** Name of the merged kubeconfig of a set; its contexts bear the names of the clusters. */
export const setKubeconfigPath = (id: string): string => join(setFolder(id), 'kubeconfig');

const startLocalControlPlane = async ({ id, programs }: Plan, cluster: string): Promise<void> => {
  const [apiServer = 0, controllerManager = 0, client = 0, peer = 0] = await freePorts(4);
  const ports = { apiServer, controllerManager, etcd: { client, peer } };
  await startControlPlaneOf({ set: id, cluster, programs, ports, controllers: true, enter: (argv) => [...argv] });
};

const startCluster = async (plan: Plan, subnet: number, cluster: string, position: number, authorityPath: string): Promise<void> => {
  const { id, programs } = plan;
  const node = planNode(id, cluster, subnet, position);
  const recorded: ClusterState = { name: cluster, server: `https://${node.address}:6443`, kubeconfigPath: '', etcd: '', node };
  await changeState(id, (state) => ({ ...state, clusters: [...state.clusters, recorded] }));
  await createNodeNetwork(node, subnet, position);
  createCgroup(node.cgroup);
  await createNodeMounts(id, cluster, node, plan.volumeMegabytes);
  const enter = (argv: readonly string[]): string[] => inNode(requireState(id), cluster, argv);
  const nodePlan: NodePlan = { set: id, cluster, node, programs, enter, host: hostAddress(subnet), registry: `${hostAddress(subnet)}:5000`, authorityPath };
  const ports = { apiServer: 6443, controllerManager: 10257, etcd: { client: 2379, peer: 2380 } };
  const [{ access }] = await Promise.all([startControlPlaneOf({ set: id, cluster, programs, ports, node, controllers: true, enter }), startContainerd(nodePlan)]);
  await startNode(nodePlan, access);
};

const startServices = async ({ id, programs, progress }: Plan, address: string, files: ServiceFiles): Promise<void> => {
  await step(progress, `Starting MinIO and a registry on ${address}`, () => Promise.all([startMinio(id, programs, address, files), startRegistry(id, address, files)]));
};

/** Takes a network nobody uses; from here on the set's name and bridge hold it. */
const claimSubnet = (id: string): Promise<number> =>
  withLock(machineLock(), async () => {
    const taken = knownSets().flatMap((each) => readState(each)?.subnet ?? []);
    const subnet = chooseSubnet(await readUsedPrefixes(), taken);
    await changeState(id, (state) => ({ ...state, subnet }));
    return subnet;
  });

const startComplete = async (plan: Plan): Promise<void> => {
  const { id, progress } = plan;
  const subnet = await claimSubnet(id);
  await createBridge(id, subnet);
  const files = await createServiceCertificate(setFolder(id), id, hostAddress(subnet));
  await changeState(id, (state) => ({ ...state, authorityPath: files.authorityPath }));
  await Promise.all([
    startServices(plan, hostAddress(subnet), files),
    ...plan.clusters.map((name, index) => step(progress, `Starting cluster ${name}`, () => startCluster(plan, subnet, name, index + 1, files.authorityPath))),
  ]);
};

const isUp = (state: SetState | undefined, clusters: readonly string[]): state is SetState =>
  state?.complete === true && state.components.every(isRunning) && clusters.every((name) => state.clusters.some((each) => each.name === name));

const finish = async (id: string, clusters: readonly string[]): Promise<SetState> => {
  const state = requireState(id);
  const ordered = clusters.flatMap((name) => state.clusters.filter((each) => each.name === name));
  const texts = ordered.map(({ kubeconfigPath }) => readFileSync(kubeconfigPath, 'utf8'));
  writeFileSync(setKubeconfigPath(id), mergeKubeconfigs(texts.map((text) => parse(text))), { mode: 0o600 });
  return changeState(id, (current) => ({ ...current, clusters: ordered, complete: true }));
};

const startAnew = async (plan: Plan, { controlPlaneOnly = false, bound = false }: SetOptions): Promise<SetState> => {
  writeState({ version: 1, id: plan.id, ...(bound ? { owner: thisProcess() } : {}), complete: false, clusters: [], components: [] });
  if (controlPlaneOnly) await Promise.all(plan.clusters.map((name) => step(plan.progress, `Starting control plane ${name}`, () => startLocalControlPlane(plan, name))));
  else await startComplete(plan);
  return finish(plan.id, plan.clusters);
};

/** Starts a set of clusters, or returns the one that runs already; leftovers of a crash are removed first, and nothing is left behind on failure. */
export const startSet = async (options: SetOptions = {}): Promise<SetState> => {
  const { id = 'dev', clusters = ['alpha', 'beta'], controlPlaneOnly = false, volumeMegabytes = 8192, progress = silent } = options;
  for (const [what, name] of [['Set id', id], ...clusters.map((cluster) => ['Cluster name', cluster])] as [string, string][]) requireName(what, name);
  if (!controlPlaneOnly) {
    requireRoot('starting nodes');
    await installDebianPackages(progress);
  }
  const programs = await findPrograms(controlPlaneOnly ? CONTROL_PLANE_PROGRAMS : [...CONTROL_PLANE_PROGRAMS, ...NODE_PROGRAMS, 'minio'], progress);
  await sweepOrphans();
  const existing = readState(id);
  if (isUp(existing, clusters)) return existing;
  await stopSet(id);
  try {
    return await startAnew({ id, clusters, volumeMegabytes, programs, progress }, options);
  } catch (error) {
    await stopSet(id);
    throw error;
  }
};
