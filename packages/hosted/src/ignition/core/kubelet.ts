import { stringify } from 'yaml';
import { fileOf, IGNITION_VERSION, type IgnitionConfig } from '../config.ts';
import { KUBELET_DROP_INS } from '../render.ts';

/** What the kubelet of every node must know of its cluster. */
export type KubeletParts = {
  clusterDns: string;
  /** Whether machines are those of the local infrastructure, whose hosts differ from what a cloud gives. */
  local: boolean;
};

const CONFIGURATION = '/etc/kubernetes/kubelet.conf';
const header = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' };

const configuration = ({ clusterDns }: KubeletParts) => ({
  ...header,
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: '/etc/kubernetes/kubelet-ca.crt' } },
  authorization: { mode: 'Webhook' },
  clusterDNS: [clusterDns],
  clusterDomain: 'cluster.local',
  rotateCertificates: true,
  serverTLSBootstrap: true,
  staticPodPath: '/etc/kubernetes/manifests',
  // A moved control plane must find its nodes soon.
  nodeStatusUpdateFrequency: '5s',
  nodeStatusReportFrequency: '1m',
});

/** Hosts of the local infrastructure have cgroup v1, no swap limits and a read-only /usr (docs of the machines say why). */
const localChanges = {
  ...header,
  cgroupDriver: 'cgroupfs',
  failCgroupV1: false,
  failSwapOn: false,
  enforceNodeAllocatable: [],
  evictionHard: {},
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  resolvConf: '/etc/resolv.conf',
  volumePluginDir: '/var/lib/kubelet/volume-plugins',
};

/** A value that the machine writes into /etc/kubernetes/node.env before it starts units. */
const ofMachine = (name: string): string => `\${${name}}`;

const ARGUMENTS = [
  `--config=${CONFIGURATION}`,
  `--config-dir=${KUBELET_DROP_INS}`,
  '--bootstrap-kubeconfig=/etc/kubernetes/kubeconfig',
  '--kubeconfig=/var/lib/kubelet/kubeconfig',
  `--hostname-override=${ofMachine('NODE_NAME')}`,
  `--node-ip=${ofMachine('NODE_IP')}`,
  `--provider-id=${ofMachine('PROVIDER_ID')}`,
  `--cgroup-root=${ofMachine('CGROUP_ROOT')}`,
  `--container-runtime-endpoint=${ofMachine('CONTAINER_RUNTIME_ENDPOINT')}`,
];

const unit = `[Unit]
Description=Kubernetes kubelet
After=network-online.target containerd.service crio.service
[Service]
EnvironmentFile=/etc/kubernetes/node.env
ExecStart=kubelet ${ARGUMENTS.join(' ')}
Restart=always
RestartSec=10
[Install]
WantedBy=multi-user.target
`;

/** The kubelet of a node: its configuration and its unit. What differs by node comes from the machine's /etc/kubernetes/node.env. */
export const kubelet = (parts: KubeletParts): IgnitionConfig => ({
  ignition: { version: IGNITION_VERSION },
  storage: {
    files: [
      fileOf(CONFIGURATION, stringify(configuration(parts))),
      fileOf(`${KUBELET_DROP_INS}/10-local.conf`, stringify(parts.local ? localChanges : header)),
    ],
  },
  systemd: { units: [{ name: 'kubelet.service', enabled: true, contents: unit }] },
});
