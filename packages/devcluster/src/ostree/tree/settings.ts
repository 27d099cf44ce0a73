import { stringify } from 'yaml';
import { CLUSTER_DNS } from '../../addons/dns.ts';
import { containerdConfiguration, podNetwork, registryHosts } from '../../node/containerd.ts';
import { kubeletConfiguration } from '../../node/kubelet.ts';
import { SERVICE_NAMES } from '../../services/certificate.ts';
import { REGISTRY_NAME } from '../../services/ports.ts';
import { CLUSTER_FOLDER, POD_SUBNET } from '../system/places.ts';

/** Where a node trusts the authority of its registry; the installer puts it there. */
export const REGISTRY_AUTHORITY = '/etc/pki/godwit/registry-ca.crt';

const CONTAINERD = {
  // On the data disk, so that both stateroots find the images.
  root: '/var/lib/containers/containerd',
  state: '/run/containerd',
  socket: '/run/containerd/containerd.sock',
  networks: '/etc/cni/net.d',
  registries: '/etc/containerd/certs.d',
};

const kubelet = (): object => {
  const {
    tlsCertFile: _certificate,
    tlsPrivateKeyFile: _key,
    ...common
  } = kubeletConfiguration(CLUSTER_FOLDER, { address: '0.0.0.0', cgroup: '' });
  return {
    ...common,
    rotateCertificates: true,
    serverTLSBootstrap: true,
    containerRuntimeEndpoint: `unix://${CONTAINERD.socket}`,
    clusterDNS: [CLUSTER_DNS],
    resolvConf: '/etc/resolv.conf',
    podLogsDir: '/var/log/pods',
    volumePluginDir: '/var/lib/kubelet/volume-plugins',
  };
};

const COREFILE = `.:53 {
  errors
  ready 127.0.0.1:8181
  hosts /etc/hosts ${SERVICE_NAMES.join(' ')} {
    fallthrough
  }
  kubernetes cluster.local in-addr.arpa {
    kubeconfig ${CLUSTER_FOLDER}/kubeconfigs/coredns
    pods insecure
    ttl 5
  }
  cache 5
  loadbalance
}
`;

/** Files of configuration that every release has, by their paths in the running system. */
export const settingTexts = (): Record<string, string> => ({
  '/etc/containerd/config.toml': containerdConfiguration(CONTAINERD),
  [`/etc/containerd/certs.d/${REGISTRY_NAME}/hosts.toml`]: registryHosts(REGISTRY_NAME, REGISTRY_AUTHORITY),
  '/etc/cni/net.d/10-pods.conflist': JSON.stringify(podNetwork('/var/lib/cni/networks', POD_SUBNET, true), null, 2),
  '/etc/kubernetes/kubelet.yaml': stringify(kubelet()),
  '/etc/kubernetes/Corefile': COREFILE,
  '/usr/lib/tmpfiles.d/godwit.conf': [
    ...['home', 'lib', 'lib/etcd', 'lib/kubelet', 'lib/lca', 'log', 'log/pods', 'log/units', 'media', 'mnt', 'opt', 'srv', 'usrlocal'].map(
      (name) => `d /var/${name} 0755`,
    ),
    'd /var/root 0700',
    'd /var/tmp 1777',
    '',
  ].join('\n'),
});
