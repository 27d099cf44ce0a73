import { ConfigMap, DaemonSet } from '@godwit/api';
import { stringify } from 'yaml';
import { CONFIG_HASH, hashOf } from '../../components/config-hash.ts';
import { configVolume, imageOf, mount, requests } from '../../components/pod.ts';
import type { ControlPlane } from '../../control-plane.ts';
import type { Manifest } from '../../manifest.ts';
import { authorityOf } from '../../pki/kubeconfigs.ts';
import { serviceAccountWith } from './access.ts';
import { EVERYWHERE, type InsideFacts, insideObject, localApi } from './inside.ts';

const NAME = 'kube-proxy';
const FOLDER = '/etc/kube-proxy';
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const LABELS = { 'k8s-app': NAME };

/** kube-proxy makes Services work, so it must reach the API without one. */
const kubeconfig = (plane: ControlPlane) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [
    { name: 'cluster', cluster: { server: `https://${authorityOf(localApi(plane))}`, 'certificate-authority': `${ACCOUNT}/ca.crt` } },
  ],
  users: [{ name: NAME, user: { tokenFile: `${ACCOUNT}/token` } }],
  contexts: [{ name: NAME, context: { cluster: 'cluster', user: NAME } }],
  'current-context': NAME,
});

const configuration = ({ clusterNetworks }: ControlPlane) => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  clusterCIDR: clusterNetworks.map(({ cidr }) => cidr).join(','),
  clientConnection: { kubeconfig: `${FOLDER}/kubeconfig` },
  healthzBindAddress: '0.0.0.0:10256',
  metricsBindAddress: '127.0.0.1:10249',
  // Limits of connection tracking belong to the host, and cannot be set from a network namespace.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
});

const proxy = ({ release }: InsideFacts) => ({
  name: NAME,
  image: imageOf(release, NAME),
  imagePullPolicy: 'IfNotPresent',
  command: ['/usr/bin/kube-proxy'],
  args: [`--config=${FOLDER}/config.yaml`, '--hostname-override=$(NODE_NAME)'],
  env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
  resources: requests(20, 48),
  securityContext: { privileged: true },
  volumeMounts: [mount('config', FOLDER), { name: 'lock', mountPath: '/run/xtables.lock' }],
});

/** Makes Services work on every node. */
export const kubeProxy = (plane: ControlPlane, facts: InsideFacts): Manifest[] => {
  const data = { 'config.yaml': stringify(configuration(plane)), kubeconfig: stringify(kubeconfig(plane)) };
  return [
    ...serviceAccountWith(NAME, 'system:node-proxier'),
    insideObject(ConfigMap, NAME, { data }),
    insideObject(DaemonSet, NAME, {
      spec: {
        selector: { matchLabels: LABELS },
        template: {
          metadata: { labels: LABELS, annotations: { [CONFIG_HASH]: hashOf(data) } },
          spec: {
            serviceAccountName: NAME,
            hostNetwork: true,
            priorityClassName: 'system-node-critical',
            tolerations: EVERYWHERE,
            containers: [proxy(facts)],
            volumes: [configVolume('config', NAME), { name: 'lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } }],
          },
        },
      },
    }),
  ];
};
