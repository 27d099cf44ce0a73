import type { HostedClusterMigration, MovePhaseRecord } from '@godwit/api';
import { commandLine, type Place } from '../copyable.ts';
import { canBeTakenBack, downtimeSeconds, hasFrozen, moveSeconds, stateOfMove } from '../hosted/move/move-facts.ts';
import { evidenceLine } from '../hosted/move/move-view.ts';
import { shortDuration } from './age.ts';
import { describeLines, type Section } from './describe.ts';
import { conditionOf, standardConditionSection } from './standard-conditions.ts';
import { tableLines } from './table.ts';

type Move = HostedClusterMigration;

const took = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '' : `${Math.round((Date.parse(to) - Date.parse(from)) / 1000)}s`;

const row = (
  first: string | undefined,
  { name, step = '', started, completed, attempts = 1, reason = '', message = '' }: MovePhaseRecord,
): string[] => [name, step, took(first, started), took(started, completed), String(attempts), message || reason];

/** The phases of a move with their times. */
export const movePhaseLines = ({ status }: Move): string[] =>
  tableLines(
    ['PHASE', 'STEP', 'AT', 'TOOK', 'TRIES', 'OUTCOME'],
    (status?.phases ?? []).map((each) => row(status?.phases?.[0]?.started, each)),
  );

const section = (title: string, lines: readonly string[]): Section[] => (lines.length === 0 ? [] : [{ title, lines }]);

const nodes = ({ status }: Move): string[] =>
  (status?.nodes ?? []).length === 0
    ? []
    : tableLines(
        ['NODE', 'POOL', 'MACHINE', 'RETURNED'],
        (status?.nodes ?? []).map(({ name, nodePool = '', machine = '', returned = '' }) => [name, nodePool, machine, returned]),
      );

const awayWords = (move: Move, now: Date): string | undefined => {
  const seconds = downtimeSeconds(move, now);
  return seconds === undefined ? undefined : `${Math.round(seconds * 10) / 10} s`;
};

/** A move as text, with its journal and its record; never its keys. */
export const moveDescription = (move: Move, now: Date): string[] => {
  const { spec, status } = move;
  const { snapshot, bundle } = status ?? {};
  return describeLines(
    move,
    [
      ['Hosted cluster', `${spec.hostedCluster.namespace}/${spec.hostedCluster.name}`],
      ['Type', 'Move'],
      ['Mode', spec.mode],
      ['State', stateOfMove(move)],
      ['Phase', status?.phase],
      ['Started', status?.startTimestamp],
      ['Took', shortDuration(moveSeconds(move, now))],
      ['API away for', awayWords(move, now)],
      ['Can be taken back', canBeTakenBack(move) ? 'yes' : 'no, names in DNS lead to the destination'],
      ['Store', `s3://${spec.store.bucket}/${spec.store.prefix}`],
      ['Fence', status?.fence],
      ['Snapshot', snapshot && `revision ${snapshot.revision}, sha256 ${snapshot.sha256}`],
      ['Bundle', bundle && `${bundle.objects} objects, sha256 ${bundle.sha256}`],
    ],
    [
      { title: 'Phases', lines: movePhaseLines(move) },
      ...section('Record', (status?.evidence ?? []).map(evidenceLine)),
      ...section('Nodes', nodes(move)),
      ...section('Errors', status?.errors ?? []),
      standardConditionSection(move),
    ],
  );
};

const words = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  Canceled: 'was canceled',
  Undoing: 'is being taken back',
  Blocked: 'cannot begin',
  Paused: 'is paused',
  Running: 'is running',
  Pending: 'is waiting',
} as const;

/** The command that shows the moved cluster: it is in another namespace than the move. */
const showCluster = ({ spec: { hostedCluster, targetNamespace } }: Move, { calledAs, globals }: Place): string =>
  commandLine(
    { calledAs, globals: { ...globals, namespace: targetNamespace ?? hostedCluster.namespace } },
    `hosted status ${hostedCluster.name}`,
  );

const wayBack = (move: Move, place: Place): string[] => {
  const state = stateOfMove(move);
  if (state === 'Succeeded')
    return [
      ...(move.spec.confirmTeardown === undefined ? ['the old control plane stands still on the source, fenced'] : []),
      `Next: ${showCluster(move, place)}`,
    ];
  if (state !== 'Failed' && state !== 'Canceled') return [];
  if (!hasFrozen(move)) return ['nothing was changed; the source serves as before'];
  return canBeTakenBack(move)
    ? ['the source serves again as before the move']
    : [`the names lead to the destination: the source is not brought back; Next: ${showCluster(move, place)}`];
};

/** What a move came to, for people. Pure. */
export const moveSummaryLines = (move: Move, now: Date, place: Place): string[] => {
  const away = awayWords(move, now);
  const returned = (move.status?.nodes ?? []).filter((node) => node.returned !== undefined).length;
  return [
    ...((move.status?.phases ?? []).length === 0 ? [] : [...movePhaseLines(move), '']),
    `move ${move.metadata.name} of hosted cluster ${move.spec.hostedCluster.name} ${words[stateOfMove(move)]} after ${shortDuration(moveSeconds(move, now))}`,
    ...(away === undefined ? [] : [`the API was away for ${away}`]),
    ...((move.status?.nodes ?? []).length === 0 ? [] : [`nodes: ${returned} of ${move.status?.nodes?.length} back`]),
    ...(move.status?.errors ?? []).map((each) => `error: ${each}`),
    ...(stateOfMove(move) === 'Blocked' ? [`error: ${conditionOf(move, 'Ready')?.reason}: ${conditionOf(move, 'Ready')?.message}`] : []),
    ...wayBack(move, place),
  ];
};
