import { stringify } from 'yaml';
import { fileOf, IGNITION_VERSION, type IgnitionConfig } from '../config.ts';

/** What a node's own way to the API needs. */
export type ApiProxyParts = {
  /** Where pods of the node find the API: an address that only this node has. */
  address: string;
  port: number;
  /** Where the API is published. */
  endpoint: { host: string; port: number };
  /** Image with haproxy. */
  image: string;
};

/**
 * Forwards to the published name. The name is asked for again every second: a control plane that moves takes the name along, and a
 * proxy that keeps the first address would lead to a grave. Sessions to a server that is gone are cut, so that clients come again.
 */
const haproxy = ({ address, port, endpoint }: ApiProxyParts): string => `global
  maxconn 4000
defaults
  mode tcp
  timeout connect 5s
  timeout client 10m
  timeout server 10m
  timeout tunnel 1h
resolvers node
  parse-resolv-conf
  timeout resolve 1s
  timeout retry 1s
  hold valid 1s
  hold obsolete 1s
frontend api
  bind ${address}:${port}
  default_backend published
backend published
  option tcp-check
  server published ${endpoint.host}:${endpoint.port} resolvers node resolve-prefer ipv4 init-addr last,libc,none check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
`;

const pod = ({ image }: ApiProxyParts) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'kube-apiserver-proxy', namespace: 'kube-system', labels: { 'k8s-app': 'kube-apiserver-proxy' } },
  spec: {
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    containers: [
      {
        name: 'haproxy',
        image,
        command: ['haproxy', '-W', '-db', '-f', '/usr/local/etc/haproxy'],
        securityContext: { runAsUser: 0 },
        resources: { requests: { cpu: '13m', memory: '16Mi' } },
        volumeMounts: [{ name: 'config', mountPath: '/usr/local/etc/haproxy', readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', hostPath: { path: '/etc/kubernetes/apiserver-proxy-config' } }],
  },
});

/** A static pod on every node through which its pods reach the API, wherever the control plane is. */
export const apiProxy = (parts: ApiProxyParts): IgnitionConfig => ({
  ignition: { version: IGNITION_VERSION },
  storage: {
    files: [
      fileOf('/etc/kubernetes/apiserver-proxy-config/haproxy.cfg', haproxy(parts)),
      fileOf('/etc/kubernetes/manifests/kube-apiserver-proxy.yaml', stringify(pod(parts))),
    ],
  },
});
