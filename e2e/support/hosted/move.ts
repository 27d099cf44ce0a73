import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { HostedClusterMigration } from '@godwit/api';
import { describeSet } from '@godwit/devcluster';
import { apply } from '../manifests.ts';
import { CLUSTERS, type HostedSet, OPERATOR, otherSide, type Side } from './hosted-set.ts';
import { SAMPLE } from './sample.ts';

/** How a move differs from the usual one. */
export type MoveOptions = {
  /** Where it goes. */
  to: Side;
  /** Phases before which it stops until it is told to go on. */
  holdBefore?: readonly string[];
  /** Kubeconfig of the source; default that of the other side. */
  sourceKubeconfig?: string;
  /** Address and authority (PEM) of the store; default the set's own. */
  store?: { endpoint: string; authority: string };
  soak?: string;
};

/** The folder of all moves in the bucket. */
export const MOVES_PREFIX = 'moves';

const meta = (name: string) => ({ name, namespace: OPERATOR });
const secretOf = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: meta(name),
  stringData: data,
});

/** The kubeconfig of one management cluster alone, with everything inline. */
export const kubeconfigOf = ({ id }: HostedSet, side: Side): string => {
  const cluster = describeSet(id)?.clusters.find(({ name }) => name === side);
  if (cluster === undefined) throw new Error(`set ${id} has no cluster ${side}`);
  return readFileSync(cluster.kubeconfigPath, 'utf8');
};

/** What a move refers to: access to the source, to the bucket, and the key of the bundle. */
const partsOf = (set: HostedSet, name: string, { to, sourceKubeconfig, store }: MoveOptions): object[] => {
  const { accessKey, secretKey, authorityPath } = set.objectStore;
  return [
    secretOf(`${name}-source`, { kubeconfig: sourceKubeconfig ?? kubeconfigOf(set, otherSide(to)) }),
    secretOf(`${name}-store`, { credentials: `[default]\naws_access_key_id = ${accessKey}\naws_secret_access_key = ${secretKey}\n` }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: meta(`${name}-authority`),
      data: { 'ca-bundle.crt': store?.authority ?? readFileSync(authorityPath, 'utf8') },
    },
    { apiVersion: 'v1', kind: 'Secret', metadata: meta(`${name}-key`), data: { key: randomBytes(32).toString('base64') } },
  ];
};

/** A move of the sample, with the removal of what is left on the source confirmed. */
const migrationOf = (set: HostedSet, name: string, { holdBefore = [], store, soak = '30s' }: MoveOptions): object => ({
  apiVersion: 'godwit.io/v1alpha1',
  kind: 'HostedClusterMigration',
  metadata: { ...meta(name), ...(holdBefore.length > 0 ? { annotations: { 'godwit.io/hold-before': holdBefore.join(',') } } : {}) },
  spec: {
    hostedCluster: { namespace: CLUSTERS, name: SAMPLE },
    source: { kubeconfigSecret: { name: `${name}-source` } },
    store: {
      bucket: set.objectStore.bucket,
      prefix: MOVES_PREFIX,
      endpoint: store?.endpoint ?? set.objectStore.endpoint,
      forcePathStyle: true,
      caBundle: { name: `${name}-authority` },
      credentials: { name: `${name}-store` },
    },
    encryptionKey: { name: `${name}-key` },
    soak,
    confirmTeardown: SAMPLE,
  },
});

/** Asks for a move of the sample on the management cluster that it goes to. */
export const startMove = async (set: HostedSet, name: string, options: MoveOptions): Promise<void> => {
  await apply(set[options.to], ...partsOf(set, name, options));
  await apply(set[options.to], migrationOf(set, name, options));
};

/** Lets a held move go on. */
export const releaseMove = (set: HostedSet, to: Side, name: string): Promise<string> =>
  set[to].run(['annotate', 'hostedclustermigration', name, '-n', OPERATOR, 'godwit.io/hold-before-']);

/** Changes the spec of a move. */
export const changeMove = (set: HostedSet, to: Side, name: string, spec: object): Promise<string> =>
  set[to].run(['patch', 'hostedclustermigration', name, '-n', OPERATOR, '--type=merge', '-p', JSON.stringify({ spec })]);

/** The move as it stands. */
export const readMove = async (set: HostedSet, to: Side, name: string): Promise<HostedClusterMigration> =>
  JSON.parse(await set[to].run(['get', 'hostedclustermigration', name, '-n', OPERATOR, '-o', 'json']));

/** What a move says of itself. */
const readyOf = ({ status }: HostedClusterMigration): { reason: string; message: string } => {
  const { reason = '', message = '' } = (status?.conditions ?? []).find(({ type }) => type === 'Ready') ?? {};
  return { reason, message };
};

/** Why a move failed, or what it says now. */
export const lastWords = (move: HostedClusterMigration): string => move.status?.errors?.join('; ') || readyOf(move).message;

/** Whether the move has ended, well or not. */
export const hasEnded = ({ status }: HostedClusterMigration): boolean => status?.completionTimestamp !== undefined;

/** Whether the move stands before a phase that it was told not to enter. */
export const isHeld = (move: HostedClusterMigration): boolean => readyOf(move).reason === 'Held';

/** Whether the move has come to its good end. */
export const hasSucceeded = ({ status }: HostedClusterMigration): boolean =>
  (status?.conditions ?? []).some(({ type, status: is }) => type === 'Succeeded' && is === 'True');

const AGAIN_MILLISECONDS = 500;

/** Follows a move until it satisfies the condition, tells each phase that it enters, and returns it; throws with its last words when the time is over. */
export const followMove = async (
  set: HostedSet,
  { to, name, seconds, tell }: { to: Side; name: string; seconds: number; tell?: (line: string) => void },
  satisfies: (move: HostedClusterMigration) => boolean,
): Promise<HostedClusterMigration> => {
  const deadline = Date.now() + seconds * 1000;
  let told = '';
  for (;;) {
    // Also an API server that is away for a moment must not end the following.
    const move = await readMove(set, to, name).catch((error: Error) => error);
    if (!(move instanceof Error)) {
      if (satisfies(move)) return move;
      const { phase = '' } = move.status ?? {};
      if (phase !== told) tell?.(`${phase}: ${readyOf(move).message}`);
      told = phase;
    }
    if (Date.now() > deadline)
      throw new Error(
        `move ${name} was not as expected after ${seconds} s; at last: ${move instanceof Error ? move.message : `${move.status?.phase}: ${readyOf(move).message}`}`,
      );
    await pause(AGAIN_MILLISECONDS);
  }
};
