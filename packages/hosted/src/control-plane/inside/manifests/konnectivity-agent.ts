import { ConfigMap, DaemonSet, Secret, ServiceAccount } from '@godwit/api';
import { CONFIG_HASH, hashOf } from '../../components/config-hash.ts';
import { configVolume, httpProbe, imageOf, mount, requests, secretVolume } from '../../components/pod.ts';
import type { Manifest } from '../../manifest.ts';
import { dataOf } from '../../pki/secret-data.ts';
import { EVERYWHERE, type InsideFacts, insideObject } from './inside.ts';

/** Name of the agents' DaemonSet, and of all that belongs to it. */
export const AGENT = 'konnectivity-agent';

const BUNDLE = 'konnectivity-ca-bundle';
const HEALTH_PORT = 2041;
const LABELS = { app: AGENT };

/** The published name is asked for at every attempt; after a move it leads elsewhere, and the agents must follow soon. */
const argumentsOf = ({ konnectivity }: InsideFacts): string[] => [
  `--proxy-server-host=${konnectivity?.host ?? ''}`,
  `--proxy-server-port=${konnectivity?.port ?? 0}`,
  `--ca-cert=/etc/konnectivity/ca/ca.crt`,
  '--agent-cert=/etc/konnectivity/agent/tls.crt',
  '--agent-key=/etc/konnectivity/agent/tls.key',
  `--health-server-port=${HEALTH_PORT}`,
  '--admin-server-port=2042',
  '--keepalive-time=5s',
  '--probe-interval=1s',
  '--sync-interval=1s',
  '--sync-interval-cap=5s',
  '--sync-forever',
];

const agent = (facts: InsideFacts) => ({
  name: AGENT,
  image: imageOf(facts.release, 'apiserver-network-proxy'),
  imagePullPolicy: 'IfNotPresent',
  command: ['/usr/bin/proxy-agent'],
  args: argumentsOf(facts),
  resources: requests(10, 32),
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsUser: 1001,
    runAsNonRoot: true,
  },
  livenessProbe: { ...httpProbe('/healthz', HEALTH_PORT, 'HTTP'), periodSeconds: 30, timeoutSeconds: 15 },
  readinessProbe: { ...httpProbe('/readyz', HEALTH_PORT, 'HTTP'), periodSeconds: 5, timeoutSeconds: 5 },
  volumeMounts: [mount('agent', '/etc/konnectivity/agent'), mount('ca', '/etc/konnectivity/ca')],
});

/** Agents that let the control plane reach nodes and pods through a connection which they open themselves. They share the network of their nodes. */
export const konnectivityAgent = (facts: InsideFacts): Manifest[] => {
  if (facts.konnectivity === undefined) return [];
  const { 'ca.crt': authority = '', ...pair } = facts.agent;
  return [
    insideObject(ServiceAccount, AGENT, { automountServiceAccountToken: false }),
    insideObject(Secret, AGENT, { type: 'Opaque', data: dataOf(pair) }),
    insideObject(ConfigMap, BUNDLE, { data: { 'ca.crt': authority } }),
    insideObject(DaemonSet, AGENT, {
      spec: {
        selector: { matchLabels: LABELS },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
        template: {
          metadata: { labels: LABELS, annotations: { [CONFIG_HASH]: hashOf(facts.agent) } },
          spec: {
            serviceAccountName: AGENT,
            automountServiceAccountToken: false,
            hostNetwork: true,
            dnsPolicy: 'Default',
            priorityClassName: 'system-node-critical',
            tolerations: EVERYWHERE,
            securityContext: { fsGroup: 1001, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [agent(facts)],
            volumes: [secretVolume('agent', AGENT), configVolume('ca', BUNDLE)],
          },
        },
      },
    }),
  ];
};
