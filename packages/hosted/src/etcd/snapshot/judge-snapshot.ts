import type { Said } from '@godwit/controller';
import { EncryptionKeyMismatch, RevisionMoved, SnapshotFailed, SnapshotIncomplete } from '../reasons.ts';
import type { KeyCounts } from './read-keys.ts';

/** What is known of a snapshot before it is accepted. */
export type SnapshotFacts = {
  namespace: string;
  member: string;
  /** Newest revisions of the live etcd before and after, and that of the file. */
  before: number;
  saved: number;
  after: number;
  keys: KeyCounts;
  /** `none`: the sample is not encrypted; undefined: there is no secret. */
  sampleKey: string | undefined;
};

/** What the caller knows of the hosted cluster. */
export type Expected = {
  /** Nothing may write while the snapshot is taken; then its revision is the live one exactly. */
  writersStopped: boolean;
  /** The name of the encryption key in use; undefined: whatever is found is accepted. */
  keyName?: string | undefined;
  /** Resources of which every cluster has some, by their place below `/registry`; default leases. */
  present?: readonly string[];
};

const moved = ({ namespace, before, saved, after }: SnapshotFacts, { writersStopped }: Expected): Said | undefined =>
  writersStopped && (before !== saved || saved !== after) ? RevisionMoved({ namespace, before, after: Math.max(saved, after) }) : undefined;

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
  lagging(facts) ?? moved(facts, expected) ?? incomplete(facts, expected) ?? otherKey(facts, expected);
