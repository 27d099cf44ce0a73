import type { Programs } from '../binaries/programs.ts';
import { startControlPlaneOf } from '../control-plane/start.ts';
import { raiseWatcherLimit } from '../host/limits.ts';
import { withLock } from '../host/lock.ts';
import { freePorts, requireFreePort } from '../host/ports.ts';
import { createCgroup } from '../node/cgroups.ts';
import { inNode } from '../node/enter.ts';
import { hostAddress } from '../node/names.ts';
import { createBridge, createNodeNetwork } from '../node/network.ts';
import { planNode } from '../node/plan.ts';
import { type NodePlan, startContainerd, startNode } from '../node/start.ts';
import { chooseSubnet, readUsedPrefixes } from '../node/subnet.ts';
import { createNodeMounts } from '../node/volumes.ts';
import { type Progress, step } from '../progress.ts';
import { createServiceCertificate, type ServiceFiles } from '../services/certificate.ts';
import { startMinio } from '../services/minio.ts';
import { startNameServer } from '../services/name-server.ts';
import { DNS_PORT, MINIO_PORT, REGISTRY_PORT } from '../services/ports.ts';
import { startRegistry } from '../services/registry.ts';
import { knownSets, machineLock, setFolder } from './folders.ts';
import { type ClusterState, changeState, readState, requireState } from './state.ts';

/** A set whose state exists, to be filled with running clusters. */
export type SetPlan = {
  id: string;
  clusters: readonly string[];
  volumeMegabytes: number;
  hosted: boolean;
  programs: Programs;
  progress: Progress;
};

const startLocalControlPlane = async ({ id, programs }: SetPlan, cluster: string): Promise<void> => {
  const [apiServer = 0, controllerManager = 0, client = 0, peer = 0] = await freePorts(4);
  const ports = { apiServer, controllerManager, etcd: { client, peer } };
  await startControlPlaneOf({ set: id, cluster, programs, ports, controllers: true, enter: (argv) => [...argv] });
};

/** Fills a set with control planes on 127.0.0.1. */
export const fillWithControlPlanes = async (plan: SetPlan): Promise<void> => {
  await Promise.all(
    plan.clusters.map((name) => step(plan.progress, `Starting control plane ${name}`, () => startLocalControlPlane(plan, name))),
  );
};

const startCluster = async (plan: SetPlan, subnet: number, cluster: string, position: number, authorityPath: string): Promise<void> => {
  const { id, programs } = plan;
  const node = planNode(id, cluster, subnet, position);
  const recorded: ClusterState = { name: cluster, server: `https://${node.address}:6443`, kubeconfigPath: '', etcd: '', node };
  await changeState(id, (state) => ({ ...state, clusters: [...state.clusters, recorded] }));
  await createNodeNetwork(node, subnet, position);
  createCgroup(node.cgroup);
  await createNodeMounts(id, cluster, node, plan.volumeMegabytes);
  const enter = (argv: readonly string[]): string[] => inNode(requireState(id), cluster, argv);
  const host = hostAddress(subnet);
  const nodePlan: NodePlan = {
    set: id,
    cluster,
    node,
    programs,
    enter,
    host,
    registry: `${host}:${REGISTRY_PORT}`,
    authorityPath,
    hosted: plan.hosted,
  };
  const ports = { apiServer: 6443, controllerManager: 10257, etcd: { client: 2379, peer: 2380 } };
  const [{ access }] = await Promise.all([
    startControlPlaneOf({ set: id, cluster, programs, ports, node, controllers: true, enter }),
    startContainerd(nodePlan),
  ]);
  await startNode(nodePlan, access);
};

const startServices = async ({ id, programs, hosted, progress }: SetPlan, host: string, files: ServiceFiles): Promise<void> => {
  await requireFreePort(host, MINIO_PORT, 'MinIO');
  await requireFreePort(host, REGISTRY_PORT, 'the registry');
  if (hosted) await requireFreePort(host, DNS_PORT, 'bind9');
  await step(progress, hosted ? `Starting MinIO, a registry and bind9 on ${host}` : `Starting MinIO and a registry on ${host}`, () =>
    Promise.all([
      startMinio(id, programs, `${host}:${MINIO_PORT}`, files),
      startRegistry(id, `${host}:${REGISTRY_PORT}`, files),
      ...(hosted ? [startNameServer(id, host)] : []),
    ]),
  );
};

/** Takes a network that nobody uses: the record holds it until the bridge does. */
const claimSubnet = (id: string): Promise<number> =>
  withLock(machineLock(), async () => {
    const taken = knownSets().flatMap((each) => readState(each)?.subnet ?? []);
    const subnet = chooseSubnet(await readUsedPrefixes(), taken);
    await changeState(id, (state) => ({ ...state, subnet }));
    return subnet;
  });

/** Waits for all, also after a failure, so that nothing is still being started while the set is taken down; then throws the first error. */
const all = async (work: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
};

/** Fills a set with complete clusters, an object store and a registry, all at the same time. */
export const fillWithClusters = async (plan: SetPlan): Promise<void> => {
  const { id, progress } = plan;
  raiseWatcherLimit();
  const subnet = await claimSubnet(id);
  await createBridge(id, subnet);
  const files = await createServiceCertificate(setFolder(id), id, hostAddress(subnet));
  await changeState(id, (state) => ({ ...state, authorityPath: files.authorityPath }));
  await all([
    startServices(plan, hostAddress(subnet), files),
    ...plan.clusters.map((name, index) =>
      step(progress, `Starting cluster ${name}`, () => startCluster(plan, subnet, name, index + 1, files.authorityPath)),
    ),
  ]);
};
