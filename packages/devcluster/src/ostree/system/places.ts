/** Where a node keeps the credentials and kubeconfigs of its cluster. */
export const CLUSTER_FOLDER = '/var/lib/kubernetes';

/** Who the cluster and its node are: variables that the units read. Written once, at the first start; whoever renames a node writes it anew. */
export const IDENTITY_FILE = '/etc/kubernetes/cluster.env';

/** What the host gives a node at each boot, as hardware and network would: NODE_ID, NODE_ADDRESS, HOST_ADDRESS, CGROUP_ROOT, BOOT_ID. */
export const HARDWARE_FILE = '/run/godwit/hardware.env';

/** Certificates of the kubelet, which renews them itself. */
export const KUBELET_PKI = '/var/lib/kubelet/pki';

/** Addresses of a node's pods. They never leave the node under these, so every node has the same. */
export const POD_SUBNET = '10.128.0.0/24';

/** Port of a node's API server. */
export const API_PORT = 6443;

/** The domain that the names of nodes' clusters end in. */
export const BASE_DOMAIN = 'godwit.local';
