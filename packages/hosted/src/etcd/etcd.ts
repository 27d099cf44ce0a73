import type { Client, ExecOptions, ExecResult } from '@godwit/kube';
import { components } from '../names.ts';
import { BACKUP_FOLDER, memberNames } from './names.ts';

/** Runs a command where one member's etcd runs; a command that cannot be run at all throws. */
type RunIn = (command: readonly string[], options?: Omit<ExecOptions, 'container'>) => Promise<ExecResult>;

/** One member as checks and snapshots reach it. */
export type EtcdMember = { name: string; run: RunIn /** Options of etcdctl that lead to this member only. */; flags: readonly string[] };

/** An etcd whose members can be reached, and the folder for snapshots in each of them. */
export type Etcd = { namespace: string; members: readonly EtcdMember[]; backupFolder: string };

const TLS = '/etc/etcd/tls';

/** How etcdctl reaches the member in whose container it runs: by loopback, so that no DNS or Service is needed. */
const LOCAL_FLAGS = [
  '--endpoints=https://localhost:2379',
  `--cacert=${TLS}/etcd-ca/ca.crt`,
  `--cert=${TLS}/client/etcd-client.crt`,
  `--key=${TLS}/client/etcd-client.key`,
];

/** The etcd of a control plane, reached by exec in its pods; the number of replicas is that of the StatefulSet. */
export const etcdIn = (client: Client, { namespace, replicas }: { namespace: string; replicas: number }): Etcd => ({
  namespace,
  backupFolder: BACKUP_FOLDER,
  members: memberNames(replicas).map((name) => ({
    name,
    flags: LOCAL_FLAGS,
    run: (command, options = {}) => client.exec({ namespace, name }, command, { ...options, container: components.etcd }),
  })),
});
