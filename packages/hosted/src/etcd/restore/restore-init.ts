import { copies } from '../../names.ts';
import { BACKUP_FOLDER, INITIAL_CLUSTER_TOKEN, initialCluster, RESTORE_URL_SECRET } from '../names.ts';
import { ETCD_INIT_SCRIPT } from './etcd-init-script.ts';

/** The name of the init container; conditions look for it. */
export const ETCD_INIT = 'etcd-init';

/** Seconds without a byte after which a download is given up. */
const PATIENCE_SECONDS = 60;

const TRUST_FOLDER = '/etc/etcd-init/trust';

/** What is to be restored, and into which etcd. */
export type RestoreInit = {
  /** Image `etcd` of the release. */
  image: string;
  /** Namespace of the control plane. */
  namespace: string;
  /** Members of the StatefulSet. */
  replicas: number;
  /** An https URL as it stands in the spec; undefined: the Secret `etcd-restore-url` holds a signed one (for `s3://`). */
  url?: string | undefined;
};

type EnvVar = {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string; optional?: boolean }; fieldRef?: { fieldPath: string } };
};

/** The init container, and the volumes that the pod needs for it beside `data` and the emptyDir `backup`. */
export type RestoreInitParts = {
  container: {
    name: string;
    image: string;
    imagePullPolicy: 'IfNotPresent';
    command: string[];
    env: EnvVar[];
    volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
    terminationMessagePath: string;
    terminationMessagePolicy: 'File';
  };
  volumes: { name: string; configMap: { name: string; optional: boolean; items: { key: string; path: string }[] } }[];
};

const ofSecret = (name: string, key: string, optional = false): EnvVar => ({
  name,
  valueFrom: { secretKeyRef: { name: RESTORE_URL_SECRET, key, ...(optional ? { optional } : {}) } },
});

const environment = ({ url, namespace, replicas }: RestoreInit): EnvVar[] => [
  url === undefined ? ofSecret('RESTORE_URL_ETCD', 'url') : { name: 'RESTORE_URL_ETCD', value: url },
  ...(url === undefined ? [ofSecret('RESTORE_SHA256', 'sha256', true)] : []),
  { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
  { name: 'INITIAL_CLUSTER', value: initialCluster({ namespace, replicas }) },
  { name: 'INITIAL_CLUSTER_TOKEN', value: INITIAL_CLUSTER_TOKEN },
];

/**
 * The init container that fills an empty data directory from a snapshot; it belongs before `reset-member`, and only while a restore
 * is wanted and EtcdSnapshotRestored is not True.
 */
export const restoreInit = (options: RestoreInit): RestoreInitParts => ({
  container: {
    name: ETCD_INIT,
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    command: [
      '/bin/sh',
      '-c',
      ETCD_INIT_SCRIPT,
      ETCD_INIT,
      '/var/lib',
      BACKUP_FOLDER,
      '/dev/termination-log',
      `${TRUST_FOLDER}/ca-bundle.crt`,
      String(PATIENCE_SECONDS),
    ],
    env: environment(options),
    volumeMounts: [
      { name: 'data', mountPath: '/var/lib' },
      { name: 'backup', mountPath: BACKUP_FOLDER },
      { name: 'restore-trust', mountPath: TRUST_FOLDER, readOnly: true },
    ],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  },
  // Mounted also while it is not there: members that wait for authorities are not replaced one by one, each waiting for the next to be ready.
  volumes: [
    {
      name: 'restore-trust',
      configMap: { name: copies.trustBundle, optional: true, items: [{ key: 'ca-bundle.crt', path: 'ca-bundle.crt' }] },
    },
  ],
});

/** Whether a URL of the spec needs the Secret with a signed one, because curl cannot fetch it. */
export const needsSignedUrl = (url: string): boolean => url.startsWith('s3://');
