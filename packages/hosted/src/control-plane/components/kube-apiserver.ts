import { ConfigMap } from '@godwit/api';
import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import { ENCRYPTION_SECRET } from '../pki/encryption-secret.ts';
import type { Component, Facts } from './component.ts';
import { deploymentOf } from './deployment.ts';
import {
  KONNECTIVITY_SECRETS,
  konnectivitySidecar,
  konnectivityVolumes,
  SOCKET,
  SOCKET_FOLDER,
  socketMount,
} from './konnectivity-server.ts';
import { configVolume, httpProbe, imageOf, mount, probes, requests, secretVolume } from './pod.ts';

const EGRESS = 'kas-egress-selector-config';
const SECRETS = ['kas-server-crt', 'kas-kubelet-client-crt', 'kas-aggregator-crt', 'sa-signing-key', 'etcd-client-tls'];
const BUNDLES = ['client-ca', 'kubelet-serving-ca', 'aggregator-client-ca', 'etcd-ca'];
const folder = (name: string): string => `/etc/kubernetes/${name}`;
const inside = (name: string, file: string): string => `${folder(name)}/${file}`;

/** Traffic to nodes and pods goes through konnectivity; nothing else does. */
const egressSelection = {
  apiVersion: 'apiserver.k8s.io/v1beta1',
  kind: 'EgressSelectorConfiguration',
  egressSelections: [
    { name: 'controlplane', connection: { proxyProtocol: 'Direct' } },
    { name: 'etcd', connection: { proxyProtocol: 'Direct' } },
    { name: 'cluster', connection: { proxyProtocol: 'GRPC', transport: { uds: { udsName: SOCKET } } } },
  ],
};

/** Seconds that requests get to end when an API server does. During a move nobody can be served before they have passed. */
const GRACE_SECONDS = 10;

/** Arguments of kube-apiserver. Audit is off. */
export const apiServerArguments = (plane: ControlPlane): string[] => [
  `--advertise-address=${plane.advertiseAddress}`,
  '--bind-address=0.0.0.0',
  `--secure-port=${plane.port}`,
  '--allow-privileged=true',
  '--authorization-mode=Node,RBAC',
  '--enable-admission-plugins=NodeRestriction',
  '--profiling=false',
  // Without it open watches hold an API server that ends until it is killed.
  `--shutdown-watch-termination-grace-period=${GRACE_SECONDS / 2}s`,
  `--api-audiences=${plane.issuerUrl}`,
  `--service-account-issuer=${plane.issuerUrl}`,
  `--service-account-key-file=${inside('sa-signing-key', 'service-account.pub')}`,
  `--service-account-signing-key-file=${inside('sa-signing-key', 'service-account.key')}`,
  `--service-cluster-ip-range=${plane.serviceNetworks.join(',')}`,
  `--client-ca-file=${inside('client-ca', 'ca.crt')}`,
  `--tls-cert-file=${inside('kas-server-crt', 'tls.crt')}`,
  `--tls-private-key-file=${inside('kas-server-crt', 'tls.key')}`,
  `--etcd-servers=https://${components.etcdClient}:2379`,
  `--etcd-cafile=${inside('etcd-ca', 'ca.crt')}`,
  `--etcd-certfile=${inside('etcd-client-tls', 'etcd-client.crt')}`,
  `--etcd-keyfile=${inside('etcd-client-tls', 'etcd-client.key')}`,
  `--kubelet-certificate-authority=${inside('kubelet-serving-ca', 'ca.crt')}`,
  `--kubelet-client-certificate=${inside('kas-kubelet-client-crt', 'tls.crt')}`,
  `--kubelet-client-key=${inside('kas-kubelet-client-crt', 'tls.key')}`,
  '--kubelet-preferred-address-types=InternalIP,Hostname',
  `--proxy-client-cert-file=${inside('kas-aggregator-crt', 'tls.crt')}`,
  `--proxy-client-key-file=${inside('kas-aggregator-crt', 'tls.key')}`,
  `--requestheader-client-ca-file=${inside('aggregator-client-ca', 'ca.crt')}`,
  '--requestheader-allowed-names=system:openshift-aggregator',
  '--requestheader-extra-headers-prefix=X-Remote-Extra-',
  '--requestheader-group-headers=X-Remote-Group',
  '--requestheader-username-headers=X-Remote-User',
  `--egress-selector-config-file=${inside(EGRESS, 'config.yaml')}`,
  ...(plane.encryption ? [`--encryption-provider-config=${inside(ENCRYPTION_SECRET, 'config.yaml')}`] : []),
];

const secretsOf = (plane: ControlPlane): string[] => [...SECRETS, ...(plane.encryption ? [ENCRYPTION_SECRET] : [])];

const volumeNames = (plane: ControlPlane): string[] => [...secretsOf(plane), ...BUNDLES, EGRESS];

const server = (plane: ControlPlane, { release }: Facts) => ({
  name: components.apiServer,
  image: imageOf(release, 'hyperkube'),
  command: ['/usr/bin/kube-apiserver'],
  args: apiServerArguments(plane),
  ports: [{ name: 'client', containerPort: plane.port }],
  resources: requests(250, 512),
  ...probes({ ready: httpProbe('/readyz', plane.port), alive: httpProbe('/livez', plane.port) }),
  volumeMounts: [...volumeNames(plane).map((name) => mount(name, folder(name))), socketMount],
});

const egressConfig = (plane: ControlPlane): Manifest =>
  manifestOf(
    plane,
    ConfigMap,
    { component: components.apiServer, name: EGRESS },
    { data: { 'config.yaml': JSON.stringify(egressSelection) } },
  );

/** The API server, with the konnectivity server beside it. */
export const kubeApiServer: Component = {
  name: components.apiServer,
  kind: 'Deployment',
  dependsOn: [components.etcd],
  consumes: (plane) => [...secretsOf(plane), ...BUNDLES, ...KONNECTIVITY_SECRETS],
  manifests: (plane, facts) => [
    egressConfig(plane),
    ...deploymentOf(plane, 'overlap', {
      component: components.apiServer,
      graceSeconds: GRACE_SECONDS,
      containers: [server(plane, facts), konnectivitySidecar(plane, facts)],
      volumes: [
        ...secretsOf(plane).map((name) => secretVolume(name)),
        ...[...BUNDLES, EGRESS].map((name) => configVolume(name)),
        { name: SOCKET_FOLDER.name, emptyDir: { medium: 'Memory' } },
        ...konnectivityVolumes,
      ],
    }),
  ],
};
