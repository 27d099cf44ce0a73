import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { Component, Facts } from './component.ts';
import { deploymentOf, elects } from './deployment.ts';
import { httpProbe, imageOf, mount, probes, requests, secretVolume } from './pod.ts';

const PORT = 10259;
const KUBECONFIG = 'kube-scheduler-kubeconfig';
const SECRETS = [KUBECONFIG, 'scheduler-server'];
const inside = (name: string, file: string): string => `/etc/kubernetes/${name}/${file}`;

/** Arguments of kube-scheduler. */
const schedulerArguments = (plane: ControlPlane): string[] => [
  `--kubeconfig=${inside(KUBECONFIG, 'kubeconfig')}`,
  `--authentication-kubeconfig=${inside(KUBECONFIG, 'kubeconfig')}`,
  `--authorization-kubeconfig=${inside(KUBECONFIG, 'kubeconfig')}`,
  '--bind-address=0.0.0.0',
  `--secure-port=${PORT}`,
  `--tls-cert-file=${inside('scheduler-server', 'tls.crt')}`,
  `--tls-private-key-file=${inside('scheduler-server', 'tls.key')}`,
  `--leader-elect=${elects(plane)}`,
  '--profiling=false',
];

const scheduler = (plane: ControlPlane, { release }: Facts) => {
  const healthy = httpProbe('/healthz', PORT);
  return {
    name: components.scheduler,
    image: imageOf(release, 'hyperkube'),
    command: ['/usr/bin/kube-scheduler'],
    args: schedulerArguments(plane),
    resources: requests(25, 64),
    ...probes({ ready: healthy, alive: healthy }),
    volumeMounts: SECRETS.map((name) => mount(name, `/etc/kubernetes/${name}`)),
  };
};

/** Gives pods their nodes. */
export const kubeScheduler: Component = {
  name: components.scheduler,
  kind: 'Deployment',
  dependsOn: [components.apiServer],
  consumes: () => SECRETS,
  manifests: (plane, facts) =>
    deploymentOf(plane, 'one-at-a-time', {
      component: components.scheduler,
      containers: [scheduler(plane, facts)],
      volumes: SECRETS.map((name) => secretVolume(name)),
    }),
};
