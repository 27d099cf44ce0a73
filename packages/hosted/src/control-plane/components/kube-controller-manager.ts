import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { Component, Facts } from './component.ts';
import { deploymentOf, elects } from './deployment.ts';
import { configVolume, httpProbe, imageOf, mount, probes, requests, secretVolume } from './pod.ts';

const PORT = 10257;
const KUBECONFIG = 'kube-controller-manager-kubeconfig';
const SECRETS = [KUBECONFIG, 'kcm-server', 'kube-csr-signer', 'sa-signing-key'];
const ROOT_CA = 'root-ca';
const inside = (name: string, file: string): string => `/etc/kubernetes/${name}/${file}`;

/** By family: the flag that knows none is refused as soon as there are two. */
const maskSize = ({ cidr, hostPrefix }: ControlPlane['clusterNetworks'][number]): string[] =>
  hostPrefix === undefined ? [] : [`--node-cidr-mask-size-${cidr.includes(':') ? 'ipv6' : 'ipv4'}=${hostPrefix}`];

const nodeCidrs = ({ allocateNodeCidrs, clusterNetworks }: ControlPlane): string[] => {
  if (!allocateNodeCidrs) return ['--allocate-node-cidrs=false'];
  return [
    '--allocate-node-cidrs=true',
    `--cluster-cidr=${clusterNetworks.map(({ cidr }) => cidr).join(',')}`,
    ...clusterNetworks.flatMap(maskSize),
    '--configure-cloud-routes=false',
  ];
};

/** Arguments of kube-controller-manager. */
export const controllerManagerArguments = (plane: ControlPlane): string[] => [
  `--kubeconfig=${inside(KUBECONFIG, 'kubeconfig')}`,
  `--authentication-kubeconfig=${inside(KUBECONFIG, 'kubeconfig')}`,
  `--authorization-kubeconfig=${inside(KUBECONFIG, 'kubeconfig')}`,
  '--bind-address=0.0.0.0',
  `--secure-port=${PORT}`,
  `--tls-cert-file=${inside('kcm-server', 'tls.crt')}`,
  `--tls-private-key-file=${inside('kcm-server', 'tls.key')}`,
  `--leader-elect=${elects(plane)}`,
  '--use-service-account-credentials=true',
  `--root-ca-file=${inside(ROOT_CA, 'ca.crt')}`,
  `--service-account-private-key-file=${inside('sa-signing-key', 'service-account.key')}`,
  `--cluster-signing-cert-file=${inside('kube-csr-signer', 'ca.crt')}`,
  `--cluster-signing-key-file=${inside('kube-csr-signer', 'ca.key')}`,
  `--service-cluster-ip-range=${plane.serviceNetworks.join(',')}`,
  '--profiling=false',
  ...nodeCidrs(plane),
];

const manager = (plane: ControlPlane, { release }: Facts) => {
  const healthy = httpProbe('/healthz', PORT);
  return {
    name: components.controllerManager,
    image: imageOf(release, 'hyperkube'),
    command: ['/usr/bin/kube-controller-manager'],
    args: controllerManagerArguments(plane),
    resources: requests(60, 128),
    ...probes({ ready: healthy, alive: healthy }),
    volumeMounts: [...SECRETS, ROOT_CA].map((name) => mount(name, `/etc/kubernetes/${name}`)),
  };
};

/** The controllers of Kubernetes; it also signs the certificates of kubelets. */
export const kubeControllerManager: Component = {
  name: components.controllerManager,
  kind: 'Deployment',
  dependsOn: [components.apiServer],
  consumes: () => [...SECRETS, ROOT_CA],
  manifests: (plane, facts) =>
    deploymentOf(plane, 'one-at-a-time', {
      component: components.controllerManager,
      containers: [manager(plane, facts)],
      volumes: [...SECRETS.map((name) => secretVolume(name)), configVolume(ROOT_CA)],
    }),
};
