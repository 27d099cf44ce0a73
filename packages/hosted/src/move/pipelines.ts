import { type Pipeline, pipeline } from '@godwit/controller';
import { clearDestination } from './phases/clear-destination.ts';
import { dropDns, raiseDns } from './phases/dns.ts';
import { fenceSource } from './phases/fence-source.ts';
import { freezeSource } from './phases/freeze.ts';
import { nodesBack, unfreeze } from './phases/nodes.ts';
import { saveObjects } from './phases/objects.ts';
import { observeCluster } from './phases/observe.ts';
import { preflightPhase } from './phases/preflight.ts';
import { prepareDestination } from './phases/prepare.ts';
import { restartSource } from './phases/restart-source.ts';
import { restoreEtcd, restoreObjects, startApiServer } from './phases/restore.ts';
import { saveEtcd } from './phases/snapshot.ts';
import { tearDownSource } from './phases/tear-down.ts';
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

const hasRaised = ({ status }: Move): boolean =>
  (status?.phases ?? []).some(({ name, completed }) => name === 'RaiseDNS' && completed !== undefined);
const hasFrozen = ({ status }: Move): boolean => (status?.phases ?? []).some(({ name }) => name === 'FreezeSource');

/** Whether the source can still be brought back. */
export const canReturn = (move: Move): boolean => !hasRaised(move);

/** The list that a move follows now: back, when it failed or is to be taken back and can be; a move that has changed nothing just ends. */
export const choose = (move: Move): Pipeline<Scope, Move> | undefined => {
  const failed = (move.status?.errors ?? []).length > 0;
  const unwanted = move.spec.canceled || move.spec.rollback || move.metadata.deletionTimestamp !== undefined;
  if (!failed && !unwanted) return movePipeline;
  if (!canReturn(move)) return failed || move.metadata.deletionTimestamp !== undefined ? undefined : movePipeline;
  return hasFrozen(move) ? undoPipeline : undefined;
};
