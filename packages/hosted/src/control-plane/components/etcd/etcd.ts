import { PodDisruptionBudget, Service, StatefulSet } from '@godwit/api';
import { BACKUP_FOLDER, peerUrl } from '../../../etcd/names.ts';
import { components, ports } from '../../../names.ts';
import type { ControlPlane } from '../../control-plane.ts';
import { type Manifest, manifestOf } from '../../manifest.ts';
import type { Component, Facts } from '../component.ts';
import {
  CONFINED,
  type Container,
  configVolume,
  httpProbe,
  imageOf,
  mount,
  podTemplate,
  probes,
  requests,
  secretVolume,
  selectorOf,
} from '../pod.ts';
import { ETCD_HEALTH_PORT, etcdArguments, membersOf, TLS_FOLDER } from './arguments.ts';
import { ENSURE_DNS, OWN_VOLUME, RESET_MEMBER, START } from './scripts.ts';

const { etcd: ETCD, etcdClient, etcdDiscovery } = components;
const STATE = { name: 'cluster-state', mountPath: '/etc/etcd/clusterstate' };
const STATE_FILE = { name: 'STATE_FILE', value: `${STATE.mountPath}/state` };
const DATA = { name: 'data', mountPath: '/var/lib' };
const BACKUP = { name: 'backup', mountPath: BACKUP_FOLDER };
const TMP = { name: 'tmp', mountPath: '/tmp' };
const SECRETS = { server: 'etcd-server-tls', peer: 'etcd-peer-tls', client: 'etcd-client-tls' };

const tlsMounts = [...Object.keys(SECRETS).map((name) => mount(name, `${TLS_FOLDER}/${name}`)), mount('etcd-ca', `${TLS_FOLDER}/etcd-ca`)];
const tlsVolumes = [...Object.entries(SECRETS).map(([name, secret]) => secretVolume(name, secret)), configVolume('etcd-ca')];

const MEMBER = { name: 'MEMBER', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };

/** How etcdctl finds etcd, and is let in. */
const clientEnvironment = (endpoint: string) => [
  { name: 'ETCDCTL_ENDPOINTS', value: endpoint },
  { name: 'ETCDCTL_CACERT', value: `${TLS_FOLDER}/etcd-ca/ca.crt` },
  { name: 'ETCDCTL_CERT', value: `${TLS_FOLDER}/client/etcd-client.crt` },
  { name: 'ETCDCTL_KEY', value: `${TLS_FOLDER}/client/etcd-client.key` },
];

const shell = (script: string) => ['/bin/sh', '-c', script, 'sh'];

const ownVolume = (plane: ControlPlane, image: string): Container => ({
  name: 'own-volume',
  image,
  command: shell(OWN_VOLUME),
  env: [{ name: 'USER_ID', value: String(plane.userId) }],
  securityContext: { ...CONFINED, runAsUser: 0, runAsNonRoot: false, capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
  volumeMounts: [DATA],
});

/** Only several members need to find one another, and only they can lose one. */
const forMembers = ({ namespace }: ControlPlane, image: string): { before: Container; after: Container } => ({
  before: {
    name: 'ensure-dns',
    image,
    command: shell(ENSURE_DNS),
    env: [MEMBER, { name: 'NAME', value: `$(MEMBER).${etcdDiscovery}.${namespace}.svc` }],
  },
  after: {
    name: 'reset-member',
    image,
    command: shell(RESET_MEMBER),
    env: [
      MEMBER,
      STATE_FILE,
      { name: 'PEER_URL', value: peerUrl({ namespace, name: '$(MEMBER)' }) },
      ...clientEnvironment(`https://${etcdClient}:${ports.etcdClient}`),
    ],
    volumeMounts: [DATA, STATE, ...tlsMounts],
  },
});

const initContainers = (plane: ControlPlane, { release, volumeOwnership, beforeEtcd }: Facts): Container[] => {
  const image = imageOf(release, 'etcd');
  const members = membersOf(plane) > 1 ? forMembers(plane, image) : undefined;
  return [
    ...(volumeOwnership === 'root' ? [ownVolume(plane, image)] : []),
    ...(members ? [members.before] : []),
    ...(beforeEtcd.initContainers as Container[]),
    ...(members ? [members.after] : []),
  ];
};

const server = (plane: ControlPlane, { release }: Facts): Container => ({
  name: ETCD,
  image: imageOf(release, 'etcd'),
  command: shell(START),
  args: etcdArguments(plane),
  // Nothing for etcdctl: variables beside the options of documented commands are refused.
  env: [MEMBER, STATE_FILE],
  ports: [
    { name: 'client', containerPort: ports.etcdClient },
    { name: 'peer', containerPort: ports.etcdPeer },
    { name: 'metrics', containerPort: ETCD_HEALTH_PORT },
  ],
  resources: requests(150, 128),
  ...probes({ ready: httpProbe('/readyz', ETCD_HEALTH_PORT, 'HTTP'), alive: httpProbe('/livez', ETCD_HEALTH_PORT, 'HTTP') }),
  volumeMounts: [DATA, BACKUP, STATE, TMP, ...tlsMounts],
});

const statefulSet = (plane: ControlPlane, facts: Facts): Manifest => {
  const claim = plane.etcd;
  return manifestOf(
    plane,
    StatefulSet,
    { component: ETCD, name: ETCD, metadata: { labels: { ...plane.labels, ...selectorOf(ETCD) } } },
    {
      spec: {
        serviceName: etcdDiscovery,
        replicas: membersOf(plane),
        podManagementPolicy: 'Parallel',
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: selectorOf(ETCD) },
        template: podTemplate(plane, {
          component: ETCD,
          initContainers: initContainers(plane, facts),
          containers: [server(plane, facts)],
          volumes: [...tlsVolumes, ...[BACKUP, STATE, TMP].map(({ name }) => ({ name, emptyDir: {} })), ...facts.beforeEtcd.volumes],
        }),
        volumeClaimTemplates: [
          {
            metadata: { name: DATA.name },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: claim?.size ?? '8Gi' } },
              ...(claim?.storageClass === undefined ? {} : { storageClassName: claim.storageClass }),
            },
          },
        ],
      },
    },
  );
};

const clientPorts = [
  { name: 'etcd-client', port: ports.etcdClient, targetPort: 'client' },
  { name: 'metrics', port: ETCD_HEALTH_PORT, targetPort: 'metrics' },
];

const serviceOf = (plane: ControlPlane, name: string, spec: object): Manifest =>
  manifestOf(plane, Service, { component: ETCD, name }, { spec: { selector: selectorOf(ETCD), ...spec } });

/** The store of a control plane: one member, or three that know one another by the names of their pods. */
export const etcd: Component = {
  name: ETCD,
  kind: 'StatefulSet',
  dependsOn: [],
  consumes: () => [...Object.values(SECRETS), 'etcd-ca'],
  manifests: (plane, facts) => [
    serviceOf(plane, etcdClient, { ports: clientPorts }),
    serviceOf(plane, etcdDiscovery, {
      clusterIP: 'None',
      // Members look for one another before any of them is ready.
      publishNotReadyAddresses: true,
      ports: [...clientPorts.slice(0, 1), { name: 'peer', port: ports.etcdPeer, targetPort: 'peer' }],
    }),
    statefulSet(plane, facts),
    ...(plane.highlyAvailable
      ? [
          manifestOf(
            plane,
            PodDisruptionBudget,
            { component: ETCD, name: ETCD },
            { spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(ETCD) } } },
          ),
        ]
      : []),
  ],
};
