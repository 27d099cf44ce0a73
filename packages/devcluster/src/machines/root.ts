import { randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ContainerdPlaces, containerdConfiguration, podNetwork, registryHosts } from '../node/containerd.ts';
import { SERVICE_NAMES } from '../services/certificate.ts';
import { REGISTRY_NAME } from '../services/ports.ts';
import { LOCAL_FOLDER } from './ignition/place.ts';
import type { MachineRecord } from './record.ts';

/** What a machine's root needs from its set. */
export type RootPlan = {
  root: string;
  machine: Pick<MachineRecord, 'id' | 'address' | 'podSubnet' | 'cgroup'>;
  providerId: string;
  /** The host as machines see it: name server, registry, object store. */
  host: string;
  /** Host and port of the set's registry. */
  registry: string;
  /** PEM file of the registry's authority. */
  authorityPath: string;
  /** Archive of the pause image. */
  pauseArchive: string;
};

/** Where a machine's own containerd keeps and finds what is its: as on any machine. */
const PLACES: ContainerdPlaces = {
  root: '/var/lib/containerd',
  state: '/run/containerd',
  socket: '/run/containerd/containerd.sock',
  networks: '/etc/cni/net.d',
  registries: '/etc/containerd/certs.d',
};

/** Where a machine keeps the authority of its set's registry. */
const REGISTRY_AUTHORITY = '/etc/containerd/registry-ca.crt';

/** Where units find what distinguishes this machine. */
const NODE_ENVIRONMENT = '/etc/kubernetes/node.env';

/** Programs of Kubernetes that every machine has on its path. */
export const MACHINE_PROGRAMS: readonly string[] = ['kubelet', 'kube-proxy', 'kubectl'];

/** Where the folder with these programs is mounted. */
const PROGRAMS_FOLDER = '/opt/kubernetes/bin';

const EMPTY: readonly string[] = [
  ...['dev', 'etc', 'home', 'mnt', 'proc', 'root', 'run', 'srv', 'sys', 'tmp', 'usr', 'opt/kubernetes/bin'],
  ...['bin', 'sbin', 'lib', 'share'].map((name) => `${LOCAL_FOLDER.slice(1)}/${name}`),
  ...['var/lib/machine', 'var/lib/kubelet', 'var/lib/containerd', 'var/log/units', 'var/tmp', 'etc/kubernetes/manifests', 'etc/cni/net.d'],
];

/** What of the host's /etc its programs in /usr cannot do without. */
const SHARED: readonly string[] = [
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'nsswitch.conf',
  'protocols',
  'services',
  'os-release',
  'localtime',
  'ssl/certs/ca-certificates.crt',
];

/** The variables of a machine that units are written with. */
export const nodeEnvironment = ({ machine, providerId }: Pick<RootPlan, 'machine' | 'providerId'>): string =>
  [
    `NODE_NAME=${machine.id}`,
    `NODE_IP=${machine.address}`,
    `PROVIDER_ID=${providerId}`,
    `CGROUP_ROOT=/${machine.cgroup}`,
    `CONTAINER_RUNTIME_ENDPOINT=unix://${PLACES.socket}`,
    `POD_SUBNET=${machine.podSubnet}`,
    '',
  ].join('\n');

/** Small files of a new machine by their paths. */
const textsOf = (plan: RootPlan): Record<string, string> => ({
  'etc/hostname': `${plan.machine.id}\n`,
  'etc/hosts': `127.0.0.1 localhost\n${plan.machine.address} ${plan.machine.id}\n${plan.host} ${SERVICE_NAMES.join(' ')}\n`,
  'etc/resolv.conf': `nameserver ${plan.host}\n`,
  'etc/machine-id': `${randomBytes(16).toString('hex')}\n`,
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\nnogroup:x:65534:\n',
  'etc/containerd/config.toml': containerdConfiguration(PLACES),
  'etc/cni/net.d/10-pods.conflist': JSON.stringify(podNetwork('/var/lib/cni/networks', plan.machine.podSubnet, false), null, 2),
  [NODE_ENVIRONMENT.slice(1)]: nodeEnvironment(plan),
  ...Object.fromEntries(
    [plan.registry, REGISTRY_NAME].map((name) => [
      `etc/containerd/certs.d/${name}/hosts.toml`,
      registryHosts(plan.registry, REGISTRY_AUTHORITY),
    ]),
  ),
});

const copyShared = (root: string): void => {
  for (const name of SHARED) {
    const [from, to] = [join('/etc', name), join(root, 'etc', name)];
    mkdirSync(dirname(to), { recursive: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
};

/** /bin and its like are links into /usr on the host, and so they are on the machine. */
const linkUsr = (root: string): void => {
  for (const name of ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']) {
    const found = lstatSync(join('/', name), { throwIfNoEntry: false });
    if (found?.isSymbolicLink()) symlinkSync(readlinkSync(join('/', name)), join(root, name));
  }
  symlinkSync('../run', join(root, 'var/run'));
};

/** Makes a machine's root folder anew: everything of its own but /usr, which is mounted read-only when it runs, as on a host of OSTree. */
export const createRoot = (plan: RootPlan): void => {
  const { root } = plan;
  rmSync(root, { recursive: true, force: true });
  for (const folder of EMPTY) mkdirSync(join(root, folder), { recursive: true, mode: 0o755 });
  linkUsr(root);
  copyShared(root);
  for (const [path, text] of Object.entries(textsOf(plan))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o644 });
  }
  copyFileSync(plan.authorityPath, join(root, REGISTRY_AUTHORITY));
  for (const program of MACHINE_PROGRAMS) symlinkSync(join(PROGRAMS_FOLDER, program), join(root, LOCAL_FOLDER, 'bin', program));
  copyFileSync(plan.pauseArchive, join(root, 'var/lib/machine/pause.tar'));
};
