import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../host/lock.ts';
import type { ProcessIdentity } from '../../processes/identity.ts';
import { nodeFolder, nodesFolder } from './names.ts';

/** Everything that is known of a node; written before anything of it is made, so that nothing made is ever forgotten. */
export type NodeRecord = {
  id: string;
  /** Its place in the set's network, from 1. */
  index: number;
  address: string;
  networkNamespace: string;
  cgroup: string;
  /** Whether its first release is deployed. */
  installed: boolean;
  /** Whether it is to run; a node that is found off then is booted. */
  power: 'on' | 'off';
  /** How often it was booted. */
  boots: number;
  /** Of the last boot; each has another. */
  bootId?: string;
  /** What the last boot entered. */
  stateroot?: string;
  deployment?: string;
  /** The first process of the last boot. */
  process?: ProcessIdentity | undefined;
};

const recordPath = (set: string, id: string): string => join(nodeFolder(set, id), 'node.json');

/** Reads what is known of a node; undefined when there is none of that name. */
export const readNode = (set: string, id: string): NodeRecord | undefined =>
  existsSync(recordPath(set, id)) ? (JSON.parse(readFileSync(recordPath(set, id), 'utf8')) as NodeRecord) : undefined;

/** All nodes of a set, by their place in the network. */
export const listNodes = (set: string): NodeRecord[] =>
  existsSync(nodesFolder(set))
    ? readdirSync(nodesFolder(set))
        .flatMap((id) => readNode(set, id) ?? [])
        .sort((one, other) => one.index - other.index)
    : [];

/** Reads a node that must exist. */
export const requireNode = (set: string, id: string): NodeRecord => {
  const node = readNode(set, id);
  if (node) return node;
  const names = listNodes(set).map((each) => each.id);
  throw new Error(
    `Set ${set} has no node ${JSON.stringify(id)}; it has ${names.join(', ') || 'none'}. Install it: godwit-dev node install ${id} VERSION --set ${set}`,
  );
};

/** Writes a node's record whole and at once. */
export const writeNode = (set: string, node: NodeRecord): NodeRecord => {
  mkdirSync(nodeFolder(set, node.id), { recursive: true, mode: 0o700 });
  const draft = `${recordPath(set, node.id)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(node, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, recordPath(set, node.id));
  return node;
};

/** Does the work while nobody else changes this node. */
export const withNode = <T>(set: string, id: string, work: () => Promise<T>): Promise<T> =>
  withLock(join(nodesFolder(set), `.${id}.lock`), work);

/** Changes a node's record as it stands now. */
export const changeNode = (set: string, id: string, change: Partial<NodeRecord>): NodeRecord =>
  writeNode(set, { ...requireNode(set, id), ...change });
