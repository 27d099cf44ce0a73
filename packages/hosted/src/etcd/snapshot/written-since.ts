import type { Etcd } from '../etcd.ts';
import { ETCD_PREFIX } from '../names.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { SnapshotFailed } from '../reasons.ts';
import { differingCount } from '../restore/check-restored.ts';
import { lastWords, runScript } from '../script.ts';
import { revisionOf } from './check-health.ts';
import { countKeys, type KeyCounts } from './read-keys.ts';

/** The key that was written last, of all that live. */
const NEWEST = `
e --command-timeout=60s get "$1/" --prefix --keys-only --sort-by=MODIFY --order=DESCEND --limit 1 -w json
`;

/** What a snapshot was: its revision, and its live keys by resource, where they were counted. */
export type SavedState = { revision: number; keys?: KeyCounts | undefined };

const newestRevision = (stdout: string): number => {
  const { kvs = [] } = JSON.parse(stdout) as { kvs?: { mod_revision?: number }[] };
  return kvs[0]?.mod_revision ?? 0;
};

/**
 * What was written into an etcd without writers since a snapshot, as a sentence; undefined: nothing. That leases run out moves the
 * revision too: what they take away (events, and who leads) nobody misses, so neither is counted.
 */
export const writtenSince = async (etcd: Etcd, saved: SavedState, signal?: AbortSignal): Promise<Outcome<string | undefined>> => {
  const now = await revisionOf(etcd, signal);
  if (!now.ok || now.value === saved.revision) return now.ok ? done(undefined) : now;
  const [member] = etcd.members;
  if (member === undefined) throw new Error(`etcd in ${etcd.namespace} has no members`);
  const newest = await runScript(member, NEWEST, [ETCD_PREFIX], { signal });
  if (newest.exitCode !== 0)
    return refused(
      SnapshotFailed({ member: member.name, namespace: etcd.namespace, why: `the newest key could not be read: ${lastWords(newest)}` }),
    );
  const written = newestRevision(newest.stdout);
  if (written > saved.revision) return done(`a key was written at revision ${written}, after revision ${saved.revision}`);
  if (saved.keys === undefined) return done(undefined);
  const counted = await countKeys(member, { namespace: etcd.namespace, folder: etcd.backupFolder, revision: now.value }, signal);
  return counted.ok ? done(differingCount(saved.keys, counted.value)) : counted;
};
