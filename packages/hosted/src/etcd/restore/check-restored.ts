import type { Etcd } from '../etcd.ts';
import { type Outcome, refused } from '../outcome.ts';
import { RestoreDiffers } from '../reasons.ts';
import { checkHealth, type EtcdHealth } from '../snapshot/check-health.ts';
import { countKeys, type KeyCounts } from '../snapshot/read-keys.ts';

/** Revisions that a restore skips, so that no client ever sees one twice. */
const REVISION_BUMP = 1_000_000_000;

/** What is known of the snapshot that was restored. */
export type RestoredFrom = {
  /** Revision of the snapshot; undefined: not known, only the bump is checked. */
  revision?: number | undefined;
  /** Live keys by resource as `takeSnapshot` counted them; undefined: not compared. */
  keys?: KeyCounts | undefined;
  signal?: AbortSignal | undefined;
};

/** Resources whose keys go by themselves after a while, also when nobody writes. */
const EXPIRING = new Set(['events', 'masterleases']);

/** The first resource whose number of keys is another one; a sentence. Resources that expire are not compared. */
export const differingCount = (saved: KeyCounts, restored: KeyCounts): string | undefined => {
  const names = [...new Set([...Object.keys(saved), ...Object.keys(restored)])].sort();
  const name = names.find((each) => !EXPIRING.has(each) && (saved[each] ?? 0) !== (restored[each] ?? 0));
  return name === undefined ? undefined : `${restored[name] ?? 0} keys of ${name} instead of ${saved[name] ?? 0}`;
};

const differences = async (etcd: Etcd, health: EtcdHealth, from: RestoredFrom): Promise<Outcome<EtcdHealth>> => {
  const { namespace } = etcd;
  const least = REVISION_BUMP + (from.revision ?? 0);
  if (health.revision < least)
    return refused(RestoreDiffers({ namespace, why: `it is at revision ${health.revision}, at least ${least} was expected` }));
  const [member] = etcd.members;
  if (from.keys === undefined || member === undefined) return { ok: true, value: health };
  const counted = await countKeys(member, { namespace, folder: etcd.backupFolder, revision: health.revision }, from.signal);
  if (!counted.ok) return counted;
  const why = differingCount(from.keys, counted.value);
  return why === undefined ? { ok: true, value: health } : refused(RestoreDiffers({ namespace, why }));
};

/**
 * Checks a restored etcd before kube-apiserver starts: all members, one cluster, distinct member ids, equal hashes, a bumped revision,
 * and as many keys as were saved. A split brain, a foreign member or missing data is a named reason.
 */
export const checkRestored = async (etcd: Etcd, from: RestoredFrom = {}): Promise<Outcome<EtcdHealth>> => {
  const health = await checkHealth(etcd, from.signal);
  return health.ok ? differences(etcd, health.value, from) : health;
};
