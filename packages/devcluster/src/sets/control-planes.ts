import { readFileSync } from 'node:fs';
import { CONTROL_PLANE_PROGRAMS, findPrograms, type Programs } from '../binaries/programs.ts';
import { startControlPlaneOf } from '../control-plane/start.ts';
import { freePorts } from '../host/ports.ts';
import { type Progress, silent } from '../progress.ts';
import { inBoundSet } from './bound.ts';
import { stopComponent } from './components.ts';
import { requireName } from './folders.ts';
import type { ClusterState } from './state.ts';
import { stopSet } from './stop.ts';

/** A running API server without nodes, for tests. */
export type ControlPlane = {
  /** Id of the set it belongs to, for the functions that stop and start components. */
  set: string;
  name: string;
  server: string;
  kubeconfigPath: string;
  /** Text of the kubeconfig; its only context bears the cluster's name, its user is an administrator. */
  kubeconfig: string;
  /** Starts one more API server, empty and with an authority of its own, on the same etcd under a prefix of its own. */
  another(options: AnotherOptions): Promise<ControlPlane>;
  /** Ends this API server; the first one's takes everything with it. */
  stop(): Promise<void>;
};

/** `controllers`: run kube-controller-manager too (garbage collection, service accounts, namespace deletion). Default false. */
type AnotherOptions = { name: string; controllers?: boolean };

/** `name` names the cluster and starts the set's id; 15 characters at most. */
export type ControlPlaneOptions = AnotherOptions & { progress?: Progress };

type Request = AnotherOptions & { set: string; programs: Programs; sharedEtcd?: string };

const startOne = async ({ set, name, programs, controllers = false, sharedEtcd }: Request): Promise<ClusterState> => {
  const [apiServer = 0, controllerManager = 0, client = 0, peer = 0] = await freePorts(4);
  const ports = { apiServer, controllerManager, etcd: { client, peer } };
  const { cluster } = await startControlPlaneOf({
    set,
    cluster: requireName('Cluster name', name),
    programs,
    ports,
    sharedEtcd,
    controllers,
    enter: (argv) => [...argv],
  });
  return cluster;
};

const handleOf = (request: Request, cluster: ClusterState, stop: () => Promise<void>): ControlPlane => ({
  set: request.set,
  name: cluster.name,
  server: cluster.server,
  kubeconfigPath: cluster.kubeconfigPath,
  kubeconfig: readFileSync(cluster.kubeconfigPath, 'utf8'),
  another: async (options) => {
    const next = { ...request, controllers: false, ...options, sharedEtcd: cluster.etcd };
    return handleOf(next, await startOne(next), () => stopOne(next));
  },
  stop,
});

const stopOne = async ({ set, name, controllers }: Request): Promise<void> => {
  if (controllers) await stopComponent(set, name, 'kube-controller-manager');
  await stopComponent(set, name, 'kube-apiserver');
};

/** Starts etcd and an API server on free ports of 127.0.0.1, bound to this process: what a killed test run leaves, the next start removes. Needs no root. */
export const startControlPlane = async ({ name, controllers = false, progress = silent }: ControlPlaneOptions): Promise<ControlPlane> => {
  const programs = await findPrograms(CONTROL_PLANE_PROGRAMS, progress);
  return inBoundSet(name, async (set) => {
    const request = { set, name, programs, controllers };
    return handleOf(request, await startOne(request), () => stopSet(set));
  });
};
