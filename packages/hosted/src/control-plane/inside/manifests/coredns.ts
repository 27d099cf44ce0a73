import { ConfigMap, Deployment, Service } from '@godwit/api';
import { CONFIG_HASH, hashOf } from '../../components/config-hash.ts';
import { configVolume, httpProbe, imageOf, mount, requests } from '../../components/pod.ts';
import type { ControlPlane } from '../../control-plane.ts';
import type { Manifest } from '../../manifest.ts';
import { addressAt } from '../../publish/address-at.ts';
import { serviceAccountWith } from './access.ts';
import { type InsideFacts, insideObject, localApi } from './inside.ts';

const NAME = 'coredns';
const LABELS = { 'k8s-app': 'kube-dns' };
/** An unprivileged port: the pods may not open the usual one. */
const PORT = 5353;

/** Position of the DNS service in the range of Services, which kubelets are told, too. */
const POSITION = 10;

/** The address at which pods of a hosted cluster ask for names. */
const clusterDns = ({ serviceNetworks }: Pick<ControlPlane, 'serviceNetworks'>): string => addressAt(serviceNetworks[0] ?? '', POSITION);

const COREFILE = `.:${PORT} {
    errors
    health :8080 {
        lameduck 5s
    }
    ready :8181
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 5
    }
    forward . /etc/resolv.conf
    cache 5
    reload
    loadbalance
}
`;

const rules = [
  { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
  { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
];

const server = (plane: ControlPlane, { release }: InsideFacts) => {
  const { host, port } = localApi(plane);
  return {
    name: NAME,
    image: imageOf(release, NAME),
    imagePullPolicy: 'IfNotPresent',
    command: ['/usr/bin/coredns'],
    args: ['-conf', '/etc/coredns/Corefile'],
    // It comes up beside kube-proxy, not after it.
    env: [
      { name: 'KUBERNETES_SERVICE_HOST', value: host },
      { name: 'KUBERNETES_SERVICE_PORT', value: String(port) },
    ],
    ports: [
      { name: 'dns', containerPort: PORT, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: PORT, protocol: 'TCP' },
    ],
    resources: requests(20, 48),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1001,
    },
    livenessProbe: { ...httpProbe('/health', 8080, 'HTTP'), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 5 },
    readinessProbe: { ...httpProbe('/ready', 8181, 'HTTP'), periodSeconds: 2, timeoutSeconds: 5 },
    volumeMounts: [mount('config', '/etc/coredns')],
  };
};

const service = (plane: ControlPlane): Manifest =>
  insideObject(
    Service,
    'kube-dns',
    {
      spec: {
        clusterIP: clusterDns(plane),
        selector: LABELS,
        ports: [
          { name: 'dns', port: 53, targetPort: 'dns', protocol: 'UDP' },
          { name: 'dns-tcp', port: 53, targetPort: 'dns-tcp', protocol: 'TCP' },
        ],
      },
    },
    LABELS,
  );

/** Answers names of Services and pods, and asks the nodes' name servers for all others. */
export const coreDns = (plane: ControlPlane, facts: InsideFacts): Manifest[] => [
  ...serviceAccountWith(NAME, 'system:coredns', rules),
  insideObject(ConfigMap, NAME, { data: { Corefile: COREFILE } }),
  service(plane),
  insideObject(Deployment, NAME, {
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels: LABELS, annotations: { [CONFIG_HASH]: hashOf(COREFILE) } },
        spec: {
          serviceAccountName: NAME,
          dnsPolicy: 'Default',
          priorityClassName: 'system-cluster-critical',
          tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }],
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [server(plane, facts)],
          volumes: [configVolume('config', NAME)],
        },
      },
    },
  }),
];
