import { ports } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { Facts } from './component.ts';
import { replicasOf } from './deployment.ts';
import { configVolume, httpProbe, imageOf, mount, probes, requests, secretVolume } from './pod.ts';

/** The folder that API server and konnectivity server share. */
export const SOCKET_FOLDER = { name: 'konnectivity-socket', mountPath: '/var/run/konnectivity' };

/** The socket through which the API server reaches nodes and pods. */
export const SOCKET = `${SOCKET_FOLDER.mountPath}/server.sock`;

/** Mounts the shared folder. */
export const socketMount = { ...SOCKET_FOLDER };

const CERTIFICATE = 'konnectivity-cluster';
const BUNDLE = 'konnectivity-ca-bundle';
const HEALTH_PORT = 8134;

/** What the konnectivity server reads when it starts. */
export const KONNECTIVITY_SECRETS = [CERTIFICATE, BUNDLE];

/** Volumes of the konnectivity server, without the shared folder. */
export const konnectivityVolumes = [secretVolume(CERTIFICATE), configVolume(BUNDLE)];

/** Only agents with a certificate of konnectivity's own authority are let in. */
const argumentsOf = (plane: ControlPlane): string[] => [
  '--mode=grpc',
  `--uds-name=${SOCKET}`,
  '--delete-existing-uds-file',
  '--server-port=0',
  `--agent-port=${ports.konnectivityAgent}`,
  `--cluster-cert=/etc/kubernetes/${CERTIFICATE}/tls.crt`,
  `--cluster-key=/etc/kubernetes/${CERTIFICATE}/tls.key`,
  `--cluster-ca-cert=/etc/kubernetes/${BUNDLE}/ca.crt`,
  `--health-port=${HEALTH_PORT}`,
  '--admin-port=8133',
  `--server-count=${replicasOf(plane)}`,
  '--keepalive-time=30s',
  '--frontend-keepalive-time=30s',
];

/** The konnectivity server: agents on the nodes connect to it, so that no node has to be reachable. */
export const konnectivitySidecar = (plane: ControlPlane, { release }: Facts) => {
  const healthy = httpProbe('/healthz', HEALTH_PORT, 'HTTP');
  // `/readyz` of this server is false without agents, and a cluster has none before its first node.
  return {
    name: 'konnectivity-server',
    image: imageOf(release, 'apiserver-network-proxy'),
    command: ['/usr/bin/proxy-server'],
    args: argumentsOf(plane),
    ports: [{ name: 'agents', containerPort: ports.konnectivityAgent }],
    resources: requests(10, 32),
    ...probes({ ready: healthy, alive: healthy }),
    volumeMounts: [socketMount, ...[CERTIFICATE, BUNDLE].map((name) => mount(name, `/etc/kubernetes/${name}`))],
  };
};
