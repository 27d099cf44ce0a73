import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { CLUSTER_DNS } from '../addons/dns.ts';
import type { NodeState } from '../sets/state.ts';
import { containerdSocket } from './containerd.ts';

/** The kubelet's configuration file as an object. */
export const kubeletConfiguration = (folder: string, node: Pick<NodeState, 'address' | 'cgroup'>) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  address: node.address,
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: join(folder, 'pki/ca.crt') } },
  authorization: { mode: 'Webhook' },
  tlsCertFile: join(folder, 'pki/kubelet.crt'),
  tlsPrivateKeyFile: join(folder, 'pki/kubelet.key'),
  containerRuntimeEndpoint: `unix://${containerdSocket(folder)}`,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${node.cgroup}`,
  failCgroupV1: false,
  failSwapOn: false,
  enforceNodeAllocatable: [],
  evictionHard: {},
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  clusterDNS: [CLUSTER_DNS],
  clusterDomain: 'cluster.local',
  resolvConf: join(folder, 'resolv.conf'),
  podLogsDir: join(folder, 'pods'),
  volumePluginDir: join(folder, 'volume-plugins'),
  serializeImagePulls: false,
});

/** Writes the kubelet's files and returns its arguments. */
export const prepareKubelet = (folder: string, node: NodeState): string[] => {
  const configuration = join(folder, 'kubelet.yaml');
  for (const each of ['kubelet', 'pods', 'volume-plugins']) mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, 'resolv.conf'), '');
  writeFileSync(configuration, stringify(kubeletConfiguration(folder, node)));
  return [
    `--config=${configuration}`,
    `--kubeconfig=${join(folder, 'kubeconfigs/kubelet')}`,
    `--root-dir=${join(folder, 'kubelet')}`,
    `--cert-dir=${join(folder, 'kubelet/pki')}`,
    `--hostname-override=${node.name}`,
    `--node-ip=${node.address}`,
  ];
};

/** Arguments of kube-proxy, which owns the iptables rules of its node's network namespace. */
export const kubeProxyArguments = (folder: string, node: Pick<NodeState, 'name' | 'podSubnet'>): string[] => [
  `--kubeconfig=${join(folder, 'kubeconfigs/kube-proxy')}`,
  `--hostname-override=${node.name}`,
  '--proxy-mode=iptables',
  `--cluster-cidr=${node.podSubnet}`,
  '--conntrack-max-per-core=0',
  '--iptables-min-sync-period=100ms',
];

/** Arguments of kube-scheduler. */
export const schedulerArguments = (folder: string): string[] => {
  const kubeconfig = join(folder, 'kubeconfigs/kube-scheduler');
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--bind-address=127.0.0.1',
    '--leader-elect=false',
  ];
};
