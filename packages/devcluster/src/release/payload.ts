import { BUILD_ONLY, DOCUMENTATION, type ImageRecipe } from '../images/catalogue.ts';

/** Tags of `image-references` that releases of local clusters carry. */
export type PayloadName =
  | 'etcd'
  | 'hyperkube'
  | 'kube-proxy'
  | 'apiserver-network-proxy'
  | 'cluster-capi-controllers'
  | 'coredns'
  | 'haproxy-router';

/** How a component's image is made over the Debian layer that all share; everything lands in /usr/bin. */
type PayloadRecipe = {
  /** Built programs that are copied; each is a layer of its own, so that images share it. */
  programs: readonly string[];
  /** Names under which the multi-call binary is called. */
  names?: readonly string[];
  /** Scripts by name. */
  scripts?: Readonly<Record<string, string>>;
};

/** The one Debian layer below all components: it is built, pushed, pulled and unpacked once. */
export const PAYLOAD_BASE: ImageRecipe = {
  name: 'localhost/godwit/payload-base:1',
  packages: ['ca-certificates', 'conntrack', 'curl', 'haproxy', 'ipset', 'iptables'],
  exclude: DOCUMENTATION,
  remove: BUILD_ONLY,
  prepare: [],
};

/** The multi-call binary under the name that makes it etcdctl; outside of PATH. */
export const ETCDCTL_ITSELF = '/usr/libexec/etcdctl';

/** etcd 3.6 has `snapshot status` and `snapshot restore` in etcdutl only; documented commands still ask etcdctl for them. */
const ETCDCTL = `#!/bin/sh
previous=
for word in "$@"; do
  case "$previous $word" in
    "snapshot status" | "snapshot restore") exec /usr/bin/etcdutl "$@" ;;
  esac
  previous=$word
done
exec ${ETCDCTL_ITSELF} "$@"
`;

const KUBERNETES = ['kubernetes'];

/** Every component's image. */
export const PAYLOAD: Readonly<Record<PayloadName, PayloadRecipe>> = {
  etcd: { programs: KUBERNETES, names: ['etcd', 'etcdutl'], scripts: { etcdctl: ETCDCTL } },
  hyperkube: { programs: KUBERNETES, names: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'] },
  'kube-proxy': { programs: KUBERNETES, names: ['kube-proxy'] },
  'apiserver-network-proxy': { programs: ['proxy-server', 'proxy-agent'] },
  'cluster-capi-controllers': { programs: ['cluster-api'] },
  coredns: { programs: ['coredns'] },
  'haproxy-router': { programs: [] },
};

/** A release: its version, and the version of the Kubernetes in it. */
export type ReleaseVersion = { version: string; kubernetesVersion: string };

/** Releases that are built and pushed. Two of one minor over the same programs: what differs is what a patch release changes. */
export const RELEASES: readonly ReleaseVersion[] = [
  { version: '4.21.0', kubernetesVersion: '1.34.3' },
  { version: '4.21.1', kubernetesVersion: '1.34.3' },
];
