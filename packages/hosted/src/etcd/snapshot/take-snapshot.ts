import type { Etcd, EtcdMember } from '../etcd.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { runScript } from '../script.ts';
import { checkHealth, type EtcdHealth } from './check-health.ts';
import { type Expected, faultOfSnapshot } from './judge-snapshot.ts';
import { countKeys, type KeyCounts, sampleSecretKey } from './read-keys.ts';
import { checkFile, type SavedFile, saveSnapshot } from './save.ts';
import { writtenSince } from './written-since.ts';

/** A checked snapshot that lies in the backup folder of a member, and the health of the etcd it came from. */
export type Snapshot = SavedFile & {
  member: string;
  clusterId: string;
  members: EtcdHealth['members'];
  /** Live keys by resource at the snapshot's revision, and their sum. */
  keys: KeyCounts;
  keyCount: number;
  /** The name of the encryption key of a sampled secret; absent when secrets lie in the clear, or there are none. */
  keyName?: string;
};

/** How a snapshot is taken. */
export type TakeSnapshot = Expected & {
  /** Nothing may write while the snapshot is taken; keys under a lease go by themselves all the same. */
  writersStopped: boolean;
  /** Part of the file's name, and later of the object's key. */
  runId: string;
  signal?: AbortSignal | undefined;
};

/** The file may grow while it is read, and `etcdctl` writes it beside its final name. */
const ROOM = 2;

type Ready = { etcd: Etcd; member: EtcdMember; health: EtcdHealth };

const savedFile = async ({ etcd, member, health }: Ready, { runId, signal }: TakeSnapshot): Promise<Outcome<SavedFile>> => {
  const place = { namespace: etcd.namespace, folder: etcd.backupFolder, runId, neededBytes: ROOM * health.dbBytes };
  const saved = await saveSnapshot(member, place, signal);
  return saved.ok ? checkFile(member, saved.value, etcd.namespace, signal) : saved;
};

const judged = async ({ etcd, member, health }: Ready, file: SavedFile, options: TakeSnapshot): Promise<Outcome<Snapshot>> => {
  const { revision } = file;
  const keys = await countKeys(member, { namespace: etcd.namespace, folder: etcd.backupFolder, revision }, options.signal);
  if (!keys.ok) return keys;
  const before = { revision: health.revision, keys: keys.value };
  const [sampleKey, written] = await Promise.all([
    sampleSecretKey(member, revision, options.signal),
    options.writersStopped ? writtenSince(etcd, before, options.signal) : done(undefined),
  ]);
  if (!written.ok) return written;
  const facts = { namespace: etcd.namespace, member: member.name, before: health.revision, saved: revision, written: written.value };
  const fault = faultOfSnapshot({ ...facts, keys: keys.value, sampleKey }, options);
  if (fault) return refused(fault);
  return done({
    ...file,
    member: member.name,
    clusterId: health.clusterId,
    members: health.members,
    keys: keys.value,
    keyCount: Object.values(keys.value).reduce((sum, count) => sum + count, 0),
    ...(sampleKey === undefined || sampleKey === 'none' ? {} : { keyName: sampleKey }),
  });
};

const removeFile = async (member: EtcdMember, path: string): Promise<void> => {
  await runScript(member, 'rm -f "$1" "$1.part"', [path]);
};

/** Checks all members, has the first one write a snapshot, and checks it against the live etcd. A snapshot that is refused leaves no file. */
export const takeSnapshot = async (etcd: Etcd, options: TakeSnapshot): Promise<Outcome<Snapshot>> => {
  const health = await checkHealth(etcd, options.signal);
  if (!health.ok) return health;
  const [member] = etcd.members;
  if (member === undefined) throw new Error(`etcd in ${etcd.namespace} has no members; its StatefulSet has no replicas`);
  const ready = { etcd, member, health: health.value };
  const file = await savedFile(ready, options);
  const outcome = file.ok ? await judged(ready, file.value, options) : file;
  if (!outcome.ok) await removeFile(member, `${etcd.backupFolder}/${options.runId}.db`);
  return outcome;
};

/** Removes the file of a snapshot; a pod that is gone took it along. */
export const dropSnapshot = async (etcd: Etcd, { member, path }: Pick<Snapshot, 'member' | 'path'>): Promise<void> => {
  const holder = etcd.members.find(({ name }) => name === member);
  if (holder) await removeFile(holder, path);
};
