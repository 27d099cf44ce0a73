import { join } from 'node:path';
import type { Clock } from '@godwit/controller';
import { remove } from '../carried/files.ts';
import { withEtcd } from '../first-boot/store/start-etcd.ts';
import { freePorts } from '../host/free-ports.ts';
import type { Run } from '../host/run.ts';

/** The data of an etcd that is stopped, a folder to work in, and where the data without its past goes. */
export type StoreCleaning = { readonly from: string; readonly work: string; readonly to: string };

const PEER = 'http://127.0.0.1:2380';

/**
 * Makes of the data of a stopped etcd a data folder that holds its last state and nothing else: neither the history, nor the pages that it has
 * left in the file, nor the log of writes. The data itself is only read.
 */
export const cleanStore = async (
  { run, clock }: { readonly run: Run; readonly clock: Clock },
  { from, work, to }: StoreCleaning,
  signal: AbortSignal,
): Promise<void> => {
  const copy = join(work, 'store');
  await remove(copy, to);
  try {
    await run(['cp', '--archive', from, copy], { signal });
    // Not the ports of the cluster: an etcd that outlives its agent must not keep the cluster from starting again.
    const [clientPort = 0, peerPort = 0] = await freePorts(2);
    await withEtcd({ program: 'etcd', dataFolder: copy, clientPort, peerPort }, clock, (store) => store.forgetPast());
    await run(['etcdutl', 'defrag', '--data-dir', copy], { signal });
    const member = ['--name=only', `--initial-cluster=only=${PEER}`, `--initial-advertise-peer-urls=${PEER}`];
    // The file was not made by taking a snapshot, so it ends without a hash.
    const restore = ['etcdutl', 'snapshot', 'restore', join(copy, 'member/snap/db'), '--skip-hash-check', `--data-dir=${to}`, ...member];
    await run(restore, { signal });
  } finally {
    await remove(copy);
  }
};
