import { apiServerArguments } from '../../control-plane/api-server.ts';
import { controllerManagerArguments } from '../../control-plane/controller-manager.ts';
import { etcdArguments } from '../../control-plane/etcd.ts';
import { kubeProxyArguments, schedulerArguments } from '../../node/kubelet.ts';
import { API_PORT, CLUSTER_FOLDER, HARDWARE_FILE, IDENTITY_FILE, POD_SUBNET } from '../system/places.ts';
import { PRODUCT_FOLDER } from './product.ts';

/** A unit of a tree, as data: its order, and the lines of its section [Service]. */
type UnitRecipe = { what: string; after?: readonly string[]; before?: readonly string[]; service: readonly string[] };

const PKI = `${CLUSTER_FOLDER}/pki`;
const KUBECTL = `/usr/bin/kubectl --kubeconfig=${CLUSTER_FOLDER}/kubeconfigs/admin`;

const shell = (script: string): string => `/bin/sh -c '${script.replaceAll('$', '$$$$')}'`;
const until = (check: string): string => shell(`until ${check} >/dev/null 2>&1; do sleep 0.1; done`);
const node = (path: string): string => `/usr/bin/node --disable-warning=ExperimentalWarning /${PRODUCT_FOLDER}/packages/${path}`;

const VARIABLES: readonly string[] = [`EnvironmentFile=${HARDWARE_FILE}`, `EnvironmentFile=-${IDENTITY_FILE}`];

const daemon = (program: string, args: readonly string[], more: readonly string[] = []): string[] => [
  ...VARIABLES,
  `ExecStart=/usr/bin/${[program, ...args].join(' ')}`,
  ...more,
  'Restart=always',
  'RestartSec=1',
];

const oneshot = (...commands: readonly string[]): string[] => [
  'Type=oneshot',
  ...VARIABLES,
  ...commands.map((command) => `ExecStart=${command}`),
  'Restart=on-failure',
  'RestartSec=1',
];

const etcd = etcdArguments({ clientPort: 2379, peerPort: 2380, dataFolder: '/var/lib/etcd' });

const apiServer = apiServerArguments({
  pki: PKI,
  etcd: 'http://127.0.0.1:2379',
  etcdPrefix: '/registry',
  bindAddress: '0.0.0.0',
  port: API_PORT,
  advertiseAddress: `\${NODE_IP}`,
  controllers: true,
});

const controllerManager = controllerManagerArguments({
  pki: PKI,
  kubeconfig: `${CLUSTER_FOLDER}/kubeconfigs/kube-controller-manager`,
  port: 10257,
  podSubnet: POD_SUBNET,
});

/** The node as its units know it: by variables. */
const NODE = { name: `\${NODE_NAME}`, address: `\${NODE_IP}`, podSubnet: POD_SUBNET };

const UNITS: Readonly<Record<string, UnitRecipe>> = {
  'state-folders': {
    what: 'The folders of /var that a new stateroot lacks',
    service: oneshot('-/usr/bin/systemd-tmpfiles --create --prefix=/var'),
  },
  'installation-configuration': {
    what: 'Makes of a seed the cluster that is upgraded; does nothing on any other boot',
    after: ['state-folders'],
    service: [...oneshot(node('upgrade/src/first-boot/main.ts host')), 'RestartSec=5'],
  },
  'lca-init-monitor': {
    what: 'Rolls an upgrade back that is not completed in time',
    after: ['state-folders'],
    service: [`ExecStart=${node('upgrade/src/monitor/main.ts --monitor')}`, 'Restart=on-failure', 'RestartSec=5'],
  },
  'cluster-identity': {
    what: 'Who this cluster is, and what it proves that with',
    after: ['state-folders', 'installation-configuration'],
    service: oneshot(node('devcluster/src/ostree/system/identity/main.ts')),
  },
  etcd: {
    what: 'The store of the cluster',
    after: ['cluster-identity'],
    service: daemon('etcd', etcd, [`ExecStartPost=${until('curl -sf http://127.0.0.1:2379/readyz')}`]),
  },
  'kube-apiserver': {
    what: 'The API of the cluster',
    after: ['etcd'],
    service: daemon('kube-apiserver', apiServer, [
      `ExecStartPost=${until(`curl -sf --cacert ${PKI}/ca.crt https://127.0.0.1:${API_PORT}/readyz`)}`,
    ]),
  },
  'kube-controller-manager': {
    what: 'Controllers of Kubernetes, with the provisioner of local volumes',
    after: ['kube-apiserver'],
    // No pod is admitted before the first thing that it makes: the default service account.
    service: daemon('kube-controller-manager', controllerManager, [
      `ExecStartPost=${until(`${KUBECTL} get serviceaccount/default --namespace=default`)}`,
    ]),
  },
  'kube-scheduler': {
    what: 'The scheduler',
    after: ['kube-apiserver'],
    service: daemon('kube-scheduler', schedulerArguments(CLUSTER_FOLDER)),
  },
  'cluster-manifests': {
    what: 'What this release brings into the cluster',
    after: ['kube-apiserver'],
    service: oneshot('/usr/libexec/godwit-apply /usr/share/godwit/manifests'),
  },
  containerd: {
    what: 'The container runtime',
    after: ['state-folders', 'installation-configuration'],
    service: daemon(
      'containerd',
      [],
      [
        `ExecStartPost=${until('ctr version')}`,
        'ExecStartPost=/usr/bin/ctr --namespace k8s.io images import /usr/share/godwit/images/pause.tar',
      ],
    ),
  },
  'kube-proxy': {
    what: 'Addresses of services',
    after: ['kube-apiserver'],
    service: daemon('kube-proxy', kubeProxyArguments(CLUSTER_FOLDER, NODE)),
  },
  coredns: {
    what: 'Names of services',
    after: ['cluster-manifests'],
    service: daemon('coredns', ['-conf=/etc/kubernetes/Corefile']),
  },
  kubelet: {
    what: 'The agent of Kubernetes on this node',
    after: ['containerd', 'kube-apiserver', 'cluster-manifests'],
    service: daemon('kubelet', [
      '--config=/etc/kubernetes/kubelet.yaml',
      `--kubeconfig=${CLUSTER_FOLDER}/kubeconfigs/kubelet`,
      '--root-dir=/var/lib/kubelet',
      '--cert-dir=/var/lib/kubelet/pki',
      `--cgroup-root=\${CGROUP_ROOT}`,
      `--hostname-override=\${NODE_NAME}`,
      `--node-ip=\${NODE_IP}`,
    ]),
  },
  'node-role': {
    what: 'The role of the only node',
    after: ['kubelet'],
    service: oneshot(
      until(`${KUBECTL} get node $NODE_NAME`),
      `${KUBECTL} label node \${NODE_NAME} --overwrite node-role.kubernetes.io/control-plane= node-role.kubernetes.io/master= node-role.kubernetes.io/worker=`,
    ),
  },
  'lifecycle-agent': {
    what: 'The agent that upgrades this node, and its engine of backups',
    after: ['cluster-manifests'],
    service: daemon('node', [
      '--disable-warning=ExperimentalWarning',
      `/${PRODUCT_FOLDER}/packages/operator/src/upgrade/main.ts`,
      `--kubeconfig=${CLUSTER_FOLDER}/kubeconfigs/admin`,
    ]),
  },
  'installation-configuration-cluster': {
    what: 'Gives an upgraded cluster what was saved of it; does nothing on any other boot',
    after: ['node-role', 'cluster-manifests'],
    service: [...oneshot(node('upgrade/src/first-boot/main.ts cluster')), 'RestartSec=5'],
  },
};

const textOf = ({ what, after = [], before = [], service }: UnitRecipe): string =>
  [
    '[Unit]',
    `Description=${what}`,
    ...after.map((name) => `After=${name}.service`),
    ...before.map((name) => `Before=${name}.service`),
    '',
    '[Service]',
    ...service,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');

/** The units that make a cluster of a deployment, by file name. */
export const unitTexts = (): Record<string, string> =>
  Object.fromEntries(Object.entries(UNITS).map(([name, recipe]) => [`${name}.service`, textOf(recipe)]));
