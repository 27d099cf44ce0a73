import { durationSeconds } from '@godwit/api';
import { holdsOf, type Pipeline, pipeline } from '@godwit/controller';
import { clearDestination } from './phases/clear-destination.ts';
import { dropDns, raiseDns } from './phases/dns.ts';
import { fenceSource } from './phases/fence-source.ts';
import { freezeSource } from './phases/freeze.ts';
import { nodesBack } from './phases/nodes-back.ts';
import { saveObjects } from './phases/objects.ts';
import { observeCluster } from './phases/observe.ts';
import { preflightPhase } from './phases/preflight.ts';
import { prepareDestination } from './phases/prepare.ts';
import { restartSource } from './phases/restart-source.ts';
import { restoreEtcd, restoreObjects, startApiServer } from './phases/restore.ts';
import { saveEtcd } from './phases/snapshot.ts';
import { tearDownSource } from './phases/tear-down.ts';
import { unfreeze } from './phases/unfreeze.ts';
import { unfreezeSource } from './phases/unfreeze-source.ts';
import { stopWriters } from './phases/writers.ts';
import type { Move, Scope } from './scope.ts';

/** The way of a hosted cluster to another management cluster. */
const movePipeline: Pipeline<Scope, Move> = pipeline('Move', [
  preflightPhase,
  prepareDestination,
  freezeSource,
  stopWriters,
  saveEtcd,
  saveObjects,
  dropDns,
  fenceSource,
  restoreObjects,
  restoreEtcd,
  startApiServer,
  raiseDns,
  nodesBack,
  unfreeze,
  observeCluster,
  tearDownSource,
]);

/** The way back, open until the names lead to the destination. */
const undoPipeline: Pipeline<Scope, Move> = pipeline('Undo', [clearDestination, restartSource, unfreezeSource]);

const hasBegun = ({ status }: Move, phase: { name: string }): boolean =>
  (status?.phases ?? []).some(({ name, started }) => name === phase.name && started !== undefined);

/** Whether the source can still be brought back: as soon as names may lead to the destination, what is written there would be lost. */
export const canReturn = (move: Move): boolean => !hasBegun(move, raiseDns);

const wantsBack = ({ metadata, spec }: Move): boolean => spec.canceled || spec.rollback || metadata.deletionTimestamp !== undefined;

/**
 * The list that a move follows now: back, when it failed or is to be taken back and can be; undefined when it just ends, since it has
 * changed nothing, or has nothing to do any more that others wait for. One that cannot return goes on also when it is deleted: machines
 * and pools of the destination rest until then.
 */
export const choose = (move: Move): Pipeline<Scope, Move> | undefined => {
  const failed = (move.status?.errors ?? []).length > 0;
  if (!failed && !wantsBack(move)) return movePipeline;
  if (canReturn(move)) return hasBegun(move, freezeSource) ? undoPipeline : undefined;
  const deserted = move.metadata.deletionTimestamp !== undefined && hasBegun(move, observeCluster);
  return failed || deserted ? undefined : movePipeline;
};

/** Whether a list of phases brings the source back. */
export const isWayBack = ({ name }: Pick<Pipeline<Scope, Move>, 'name'>): boolean => name === undoPipeline.name;

const PATIENT = new Set(movePipeline.phases.slice(movePipeline.phases.indexOf(raiseDns)).map(({ name }) => name));

/** Seconds that a phase of this move may take: on the way back, and where there is none any more, giving up would help nobody. */
export const secondsFor = (
  { spec }: Pick<Move, 'spec'>,
  followed: Pick<Pipeline<Scope, Move>, 'name'>,
  phase: { name: string; deadlineSeconds: number },
): number => {
  if (isWayBack(followed) || PATIENT.has(phase.name)) return Number.POSITIVE_INFINITY;
  const wished = phase.name === dropDns.name ? durationSeconds(spec.dnsTimeout ?? '') : undefined;
  return wished ?? phase.deadlineSeconds;
};

/** The phases that may not be entered now. Pausing stops before the next step, never within one, and never the way back or a deletion. */
export const stopsOf = (move: Move, followed: Pipeline<Scope, Move>): ReadonlySet<string> => {
  if (isWayBack(followed) || move.metadata.deletionTimestamp !== undefined) return new Set();
  if (!move.spec.paused) return holdsOf(move.metadata.annotations);
  return new Set(followed.phases.map(({ name }) => name).filter((name) => name !== preflightPhase.name));
};

/** Whether what comes next still needs the source: to read it, to fence it, or to bring it back. */
export const needsSource = (move: Move, followed: Pick<Pipeline<Scope, Move>, 'name'>): boolean =>
  isWayBack(followed) || !hasBegun(move, restoreObjects);
