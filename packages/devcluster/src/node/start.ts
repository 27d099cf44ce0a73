import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyManifests } from '../addons/apply.ts';
import { clusterApiManifests } from '../addons/cluster-api.ts';
import { dnsManifests, prepareCoreDns } from '../addons/dns.ts';
import { storageClasses } from '../addons/storage-classes.ts';
import { CLUSTER_API_CRDS } from '../binaries/cluster-api-crds.ts';
import type { Programs } from '../binaries/programs.ts';
import { send } from '../control-plane/request.ts';
import { waitFor } from '../control-plane/wait.ts';
import type { Access } from '../kubeconfig.ts';
import { loadBalancerArguments, loadBalancerManifests } from '../load-balancer/manifests.ts';
import { attempt } from '../processes/run.ts';
import { SERVICE_NAMES } from '../services/certificate.ts';
import { UPDATED_ZONE } from '../services/zones.ts';
import { launch } from '../sets/components.ts';
import { clusterFolder } from '../sets/folders.ts';
import type { Component, NodeState } from '../sets/state.ts';
import { containerdSocket, writeContainerdFiles } from './containerd.ts';
import { importImage } from './images.ts';
import { kubeProxyArguments, prepareKubelet, schedulerArguments } from './kubelet.ts';
import { pauseImage } from './pause-image.ts';

/** What a node is started with; `enter` puts a command line into its namespaces. */
export type NodePlan = {
  set: string;
  cluster: string;
  node: NodeState;
  programs: Programs;
  enter: (argv: readonly string[]) => string[];
  host: string;
  registry: string;
  authorityPath: string;
  /** Whether control planes are to be hosted: Cluster API and the names of hosted clusters. */
  hosted: boolean;
};

const launchHere = ({ set, cluster, enter }: NodePlan, name: string, argv: readonly string[]): Promise<Component> =>
  launch(set, { name, cluster, argv: enter(argv), env: {}, log: join(clusterFolder(set, cluster), 'logs', `${name}.log`) });

/** Starts a node's containerd and gives it the pause image; needs no API server. */
export const startContainerd = async (plan: NodePlan): Promise<void> => {
  const folder = clusterFolder(plan.set, plan.cluster);
  const configuration = writeContainerdFiles(folder, plan.node.podSubnet, plan.registry, plan.authorityPath);
  const containerd = await launchHere(plan, 'containerd', ['containerd', '--config', configuration]);
  const socket = containerdSocket(folder);
  await waitFor(containerd, async () => existsSync(socket) && attempt(plan.enter(['ctr', '--address', socket, 'version'])), 30);
  await importImage(plan.set, plan.cluster, await pauseImage(plan.programs('pause')));
};

const nodeIsReady = async (access: Access, name: string): Promise<boolean> => {
  const { status, body } = await send(access, 'GET', `/api/v1/nodes/${name}`);
  if (status !== 200) return false;
  const { conditions = [] } = (JSON.parse(body) as { status: { conditions?: { type: string; status: string }[] } }).status;
  return conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
};

const dnsIsReady = async ({ node }: NodePlan): Promise<boolean> => (await fetch(`http://${node.address}:8181/ready`)).ok;

/** Starts what turns a control plane and a containerd into a cluster that runs pods; returns when the node is Ready and names resolve. */
export const startNode = async (plan: NodePlan, access: Access): Promise<void> => {
  const { set, cluster, node, programs } = plan;
  const folder = clusterFolder(set, cluster);
  const clusterApi = plan.hosted ? clusterApiManifests(programs(CLUSTER_API_CRDS)) : [];
  await applyManifests(access, [...storageClasses, ...dnsManifests(node), ...loadBalancerManifests, ...clusterApi]);
  await launchHere(plan, 'kube-scheduler', [programs('kube-scheduler'), ...schedulerArguments(folder)]);
  await launchHere(plan, 'kube-proxy', [programs('kube-proxy'), ...kubeProxyArguments(folder, node)]);
  await launchHere(plan, 'load-balancer', loadBalancerArguments(folder, node));
  const hosts = Object.fromEntries(SERVICE_NAMES.map((name) => [name, plan.host]));
  const coredns = await launchHere(plan, 'coredns', [
    programs('coredns'),
    ...prepareCoreDns(folder, cluster, node, { hosts, zones: plan.hosted ? { [UPDATED_ZONE]: plan.host } : {} }),
  ]);
  const kubelet = await launchHere(plan, 'kubelet', [programs('kubelet'), ...prepareKubelet(folder, node)]);
  await Promise.all([waitFor(kubelet, () => nodeIsReady(access, node.name)), waitFor(coredns, () => dnsIsReady(plan))]);
};
