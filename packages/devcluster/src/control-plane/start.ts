import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Programs } from '../binaries/programs.ts';
import type { Access } from '../kubeconfig.ts';
import { launch } from '../sets/components.ts';
import { clusterFolder } from '../sets/folders.ts';
import { type ClusterState, type Component, changeState, type NodeState } from '../sets/state.ts';
import { apiServerArguments } from './api-server.ts';
import { controllerManagerArguments } from './controller-manager.ts';
import { createCredentials } from './credentials.ts';
import { etcdArguments } from './etcd.ts';
import { send } from './request.ts';
import { waitFor } from './wait.ts';

/** Ports on which the programs of a control plane listen; an etcd that runs already has no ports here. */
type ControlPlanePorts = { apiServer: number; controllerManager: number; etcd?: { client: number; peer: number } | undefined };

/** A control plane to start. */
export type ControlPlanePlan = {
  set: string;
  cluster: string;
  programs: Programs;
  ports: ControlPlanePorts;
  /** URL of the etcd that runs already; absent: one is started. */
  sharedEtcd?: string | undefined;
  node?: NodeState | undefined;
  controllers: boolean;
  /** Puts a command line into the node's namespaces; identity without a node. */
  enter: (argv: readonly string[]) => string[];
};

const componentOf = (plan: ControlPlanePlan, name: string, args: readonly string[]): Component => ({
  name,
  cluster: plan.cluster,
  argv: plan.enter([plan.programs(name), ...args]),
  env: {},
  log: join(clusterFolder(plan.set, plan.cluster), 'logs', `${name}.log`),
});

const startEtcd = async (plan: ControlPlanePlan, ports: { client: number; peer: number }): Promise<string> => {
  const dataFolder = join(clusterFolder(plan.set, plan.cluster), 'etcd');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const args = etcdArguments({ clientPort: ports.client, peerPort: ports.peer, dataFolder });
  const etcd = await launch(plan.set, componentOf(plan, 'etcd', args));
  // An API server gives up after 20 s without its etcd, which a busy machine can take to start.
  await waitFor(etcd, async () => readFileSync(etcd.log, 'utf8').includes('ready to serve client requests'));
  return `http://127.0.0.1:${ports.client}`;
};

const startApiServer = async (plan: ControlPlanePlan, etcd: string, access: Access): Promise<void> => {
  const args = apiServerArguments({
    pki: join(clusterFolder(plan.set, plan.cluster), 'pki'),
    etcd,
    etcdPrefix: `/${plan.cluster}`,
    bindAddress: plan.node ? '0.0.0.0' : '127.0.0.1',
    port: plan.ports.apiServer,
    advertiseAddress: plan.node?.address,
    controllers: plan.controllers,
  });
  const component = await launch(plan.set, componentOf(plan, 'kube-apiserver', args));
  await waitFor(component, async () => (await send(access, 'GET', '/readyz')).status === 200);
};

/** Starts the controller manager and waits for the first thing it makes that others need: the default service account. */
const startControllerManager = async (plan: ControlPlanePlan, access: Access): Promise<void> => {
  const folder = clusterFolder(plan.set, plan.cluster);
  const args = controllerManagerArguments({
    pki: join(folder, 'pki'),
    kubeconfig: join(folder, 'kubeconfigs/kube-controller-manager'),
    port: plan.ports.controllerManager,
    podSubnet: plan.node?.podSubnet,
  });
  const component = await launch(plan.set, componentOf(plan, 'kube-controller-manager', args));
  await waitFor(component, async () => (await send(access, 'GET', '/api/v1/namespaces/default/serviceaccounts/default')).status === 200);
};

/** Starts etcd, kube-apiserver and, when asked, kube-controller-manager; returns when requests are served. */
export const startControlPlaneOf = async (plan: ControlPlanePlan): Promise<{ access: Access; cluster: ClusterState }> => {
  const folder = clusterFolder(plan.set, plan.cluster);
  const address = plan.node?.address ?? '127.0.0.1';
  const server = `https://${address}:${plan.ports.apiServer}`;
  const access = await createCredentials({ folder, cluster: plan.cluster, server, addresses: [address], nodeName: plan.node?.name });
  const etcd = plan.sharedEtcd ?? (plan.ports.etcd ? await startEtcd(plan, plan.ports.etcd) : undefined);
  if (etcd === undefined) throw new Error(`No etcd for cluster ${plan.cluster}: neither a shared one nor ports for its own`);
  await startApiServer(plan, etcd, access);
  if (plan.controllers) await startControllerManager(plan, access);
  const cluster: ClusterState = { name: plan.cluster, server, kubeconfigPath: join(folder, 'kubeconfigs/admin'), etcd, node: plan.node };
  await changeState(plan.set, (state) => ({
    ...state,
    clusters: [...state.clusters.filter(({ name }) => name !== plan.cluster), cluster],
  }));
  return { access, cluster };
};
