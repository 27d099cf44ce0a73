import { type DirectVolumeMigration, labels, type Pod } from '@godwit/api';
import { DVM_ANNOTATION, md5, objectNames, PVC_ANNOTATION, shortId, TRANSFER_ROLE, transferLabels, VERIFIED_PVC } from '../names.ts';
import { claimText, type VolumePair } from '../volume-pair.ts';
import { type CopyOrder, compareCommand, copyCommand } from './command-line.ts';
import type { RsyncOptions } from './options.ts';
import { type PodSettings, podDefaults, secretMode, transferContainer, tunnelMount, tunnelVolume } from './pod-parts.ts';
import { RUN_SCRIPT } from './run-script.ts';
import { TUNNEL_FOLDER } from './tunnel.ts';

/** What a client pod is made for. */
export type ClientOrder = {
  pair: VolumePair;
  attempt: number;
  /** `copy` sends the volume; `compare` only looks for differences. */
  work: 'copy' | 'compare';
  options: RsyncOptions;
  checksum: boolean;
  /** Node of a pod that mounts the volume; undefined leaves it to the scheduler. */
  node: string | undefined;
  /** Key of the tunnel's configuration. */
  tunnelKey: string;
  /** True when that configuration holds a proxy's password and therefore lies in a Secret. */
  proxied: boolean;
};

const prefixes = { copy: 'rsync', compare: 'rsync-compare' } as const;

/** The name of a client pod: the same for the same volume and attempt, so that it is never made twice. */
const clientPodName = (dvm: DirectVolumeMigration, { pair, attempt, work }: Pick<ClientOrder, 'pair' | 'attempt' | 'work'>): string =>
  `${prefixes[work]}-${md5(claimText(pair.source)).slice(0, 8)}-${shortId(dvm)}-${attempt}`;

const commandOf = ({ pair, work, options, checksum }: ClientOrder, asRoot: boolean): string[] => {
  const order: CopyOrder = {
    options,
    checksum,
    asRoot,
    sourceNamespace: pair.source.namespace,
    sourceHash: pair.sourceHash,
    module: pair.module,
  };
  return work === 'copy' ? copyCommand(order) : compareCommand(order);
};

const metadataOf = (dvm: DirectVolumeMigration, order: ClientOrder): Pod['metadata'] => ({
  name: clientPodName(dvm, order),
  namespace: order.pair.source.namespace,
  labels: {
    ...transferLabels(dvm),
    [TRANSFER_ROLE]: order.work === 'copy' ? 'client' : 'comparer',
    [order.work === 'copy' ? labels.createdForPvc : VERIFIED_PVC]: order.pair.sourceHash,
    [labels.rsyncAttempt]: String(order.attempt),
  },
  annotations: {
    [DVM_ANNOTATION]: `${dvm.metadata.namespace}/${dvm.metadata.name}`,
    [PVC_ANNOTATION]: claimText(order.pair.source),
  },
});

/** The pod that reads one volume of the source cluster; its only container ends as rsync ends. */
export const clientPod = (dvm: DirectVolumeMigration, order: ClientOrder, settings: PodSettings): Pod => {
  const names = objectNames(dvm);
  const { pair } = order;
  const rsync = transferContainer('rsync', settings, false, {
    command: ['/bin/sh', '-c', RUN_SCRIPT, 'rsync'],
    args: commandOf(order, settings.runAs.root),
    // rsync starts stunnel instead of opening a connection: the tunnel cannot be too late, and it ends with the copy.
    env: [{ name: 'RSYNC_CONNECT_PROG', value: `/usr/bin/stunnel ${TUNNEL_FOLDER}/stunnel.conf` }],
    volumeMounts: [
      tunnelMount,
      { name: 'rsync-credentials', mountPath: '/etc/rsync-credentials', readOnly: true },
      { name: 'mnt', mountPath: `/mnt/${pair.source.namespace}/${pair.sourceHash}`, readOnly: true },
    ],
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadataOf(dvm, order),
    spec: {
      ...podDefaults(settings.runAs),
      ...(order.node === undefined ? {} : { nodeName: order.node }),
      restartPolicy: 'Never',
      containers: [rsync],
      volumes: [
        { name: 'mnt', persistentVolumeClaim: { claimName: pair.source.name } },
        {
          name: 'rsync-credentials',
          secret: {
            secretName: names.clientSecret,
            defaultMode: secretMode(settings.runAs),
            items: [{ key: 'password', path: 'password' }],
          },
        },
        tunnelVolume(
          {
            config: names.tunnelClientConfig,
            secret: names.tunnelClientSecret,
            key: order.tunnelKey,
            proxySecret: order.proxied ? names.tunnelProxySecret : undefined,
          },
          settings.runAs,
        ),
      ],
    },
  };
};
