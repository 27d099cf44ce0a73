import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';

/** A kubeconfig of a control plane: a Secret of its own. */
export type KubeconfigWish = {
  secret: string;
  /** Key of the Secret; default kubeconfig. */
  key: string;
  server: string;
  /** Secret of the client certificate, under tls.crt and tls.key. */
  leaf: string;
  user: string;
  type?: string;
  labels?: Record<string, string>;
};

/** The key under which kubeconfig Secrets hold their text; Cluster API alone wants `value`. */
export const KUBECONFIG_KEY = 'kubeconfig';

/** Where clients outside of the management cluster find the API server. */
export type Endpoint = { host: string; port: number };

/** `host:port`, with brackets around an IPv6 address. */
export const authorityOf = ({ host, port }: Endpoint): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The kubeconfigs of a control plane; those that lead in from outside wait for the endpoint. */
export const kubeconfigsOf = (plane: ControlPlane, endpoint: Endpoint | undefined): KubeconfigWish[] => {
  const inside = `https://${components.apiServer}:${plane.port}`;
  const admin = { key: KUBECONFIG_KEY, leaf: 'system-admin-client', user: 'admin' };
  const outside = endpoint === undefined ? undefined : `https://${authorityOf(endpoint)}`;
  return [
    { ...admin, secret: 'localhost-kubeconfig', server: `https://localhost:${plane.port}` },
    { ...admin, secret: 'service-network-admin-kubeconfig', server: inside },
    {
      secret: 'kube-controller-manager-kubeconfig',
      key: KUBECONFIG_KEY,
      server: inside,
      leaf: 'kube-controller-manager-client',
      user: 'kcm',
    },
    { secret: 'kube-scheduler-kubeconfig', key: KUBECONFIG_KEY, server: inside, leaf: 'kube-scheduler-client', user: 'scheduler' },
    {
      ...admin,
      secret: `${plane.infraId}-kubeconfig`,
      key: 'value',
      server: inside,
      type: 'cluster.x-k8s.io/secret',
      labels: { 'cluster.x-k8s.io/cluster-name': plane.infraId },
    },
    ...(outside === undefined
      ? []
      : [
          { ...admin, secret: 'admin-kubeconfig', server: outside },
          { secret: 'bootstrap-kubeconfig', key: KUBECONFIG_KEY, server: outside, leaf: 'node-bootstrapper-client', user: 'bootstrap' },
        ]),
  ];
};
