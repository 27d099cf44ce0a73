import type { HostedCluster, NodePool } from '@godwit/api';
import { shortBytes } from '../../printers/bytes.ts';
import type { MoveRequest } from './request.ts';

/** Seconds that stopping the API, switching names and starting it again take, whatever the size of etcd. */
const FIXED_SECONDS = 15;
/** Bytes of etcd that are stored, read back and restored in one second. */
const BYTES_PER_SECOND = 16 * 1024 * 1024;

/** How long the API will probably be away; rounded up to five seconds. Without a known size only the fixed part can be told. */
export const expectedDowntime = (etcdBytes: number | undefined): number =>
  Math.ceil((FIXED_SECONDS + (etcdBytes ?? 0) / BYTES_PER_SECOND) / 5) * 5;

/** What is known of the cluster that is moved; `etcdBytes` is the size of its last backup. */
export type Moved = { cluster: HostedCluster; pools: readonly NodePool[]; etcdBytes: number | undefined };

const nodesOf = (pools: readonly NodePool[]): number => pools.reduce((total, { status }) => total + (status?.replicas ?? 0), 0);

const nodeWords = (pools: readonly NodePool[], mode: MoveRequest['mode']): string =>
  mode === 'WithNodes'
    ? `its nodes (${nodesOf(pools)}) stay, with the workloads on them, and come back by themselves`
    : 'its nodes go on serving, but nothing manages them until they are adopted';

const teardownWords = ({ confirmTeardown, source }: MoveRequest): string =>
  confirmTeardown === undefined ? `What is left on ${source} stays there, fenced.` : `What is left on ${source} is removed at the end.`;

/** What a move does and for how long the API will be away, said before anything is done. Pure. */
export const announcement = ({ cluster, pools, etcdBytes }: Moved, request: MoveRequest): string[] => [
  `Hosted cluster ${cluster.metadata.name} moves from ${request.source} to ${request.target}; ${nodeWords(pools, request.mode)}.`,
  `Its API will be away for about ${expectedDowntime(etcdBytes)} s (${etcdBytes === undefined ? 'an etcd of a few MiB assumed: it has no backup to tell its size' : `its etcd had ${shortBytes(etcdBytes)} at its last backup`}); workloads go on.`,
  `Until names in DNS are raised on the target it can be canceled, and the source serves again. ${teardownWords(request)}`,
];
