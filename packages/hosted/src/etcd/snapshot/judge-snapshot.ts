import type { Said } from '@godwit/controller';
import { EncryptionKeyMismatch, RevisionMoved, SnapshotFailed, SnapshotIncomplete } from '../reasons.ts';
import type { KeyCounts } from './read-keys.ts';

/** What is known of a snapshot before it is accepted. */
export type SnapshotFacts = {
  namespace: string;
  member: string;
  /** Newest revision of the live etcd before, and that of the file. */
  before: number;
  saved: number;
  /** What was written meanwhile although the writers are stopped, as a sentence; undefined: nothing, or they are not stopped. */
  written: string | undefined;
  keys: KeyCounts;
  /** `none`: the sample is not encrypted; undefined: there is no secret. */
  sampleKey: string | undefined;
};

/** What the caller knows of the hosted cluster. */
export type Expected = {
  /** The name of the encryption key in use; undefined: whatever is found is accepted. */
  keyName?: string | undefined;
  /** Resources of which every cluster has some, by their place below `/registry`; default leases. */
  present?: readonly string[];
};

const moved = ({ namespace, written }: SnapshotFacts): Said | undefined =>
  written === undefined ? undefined : RevisionMoved({ namespace, what: written });

const lagging = ({ namespace, member, before, saved }: SnapshotFacts): Said | undefined =>
  saved < before
    ? SnapshotFailed({ namespace, member, why: `the snapshot ends at revision ${saved}, but etcd was at ${before} before it was taken` })
    : undefined;

const incomplete = ({ namespace, keys }: SnapshotFacts, { present = ['leases'] }: Expected): Said | undefined => {
  const missing = present.filter((name) => !keys[name]);
  return missing.length > 0 ? SnapshotIncomplete({ namespace, why: `there are no ${missing.join(' and no ')}` }) : undefined;
};

const otherKey = ({ sampleKey }: SnapshotFacts, { keyName }: Expected): Said | undefined =>
  keyName !== undefined && sampleKey !== undefined && sampleKey !== keyName
    ? EncryptionKeyMismatch({ given: keyName, stored: sampleKey === 'none' ? 'no key at all' : sampleKey })
    : undefined;

/** The first thing that speaks against a snapshot; undefined when it may be used. */
export const faultOfSnapshot = (facts: SnapshotFacts, expected: Expected): Said | undefined =>
  lagging(facts) ?? moved(facts) ?? incomplete(facts, expected) ?? otherKey(facts, expected);
