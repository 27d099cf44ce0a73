import type { HostedClusterMigration } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { print } from '../../printers/print-value.ts';
import { conditionOf } from '../../printers/standard-conditions.ts';
import { tableLines } from '../../printers/table.ts';
import { type Reporter, reporterFor } from '../../progress/reporter.ts';
import type { Waiting } from '../../watch-object.ts';
import { followMove } from './follow-move.ts';
import { moveHasEnded, stateOfMove } from './move-facts.ts';
import { moveView } from './move-view.ts';
import { createMove, type MoveParts, removeMove } from './objects.ts';
import type { MoveRequest } from './request.ts';

type Move = HostedClusterMigration;

/** The findings of the preflight, of which each says whether it stands in the way. */
export type Finding = { name: string; result: string; ok: boolean };

const isChecked = (move: Move): boolean =>
  (move.status?.phases ?? []).some(({ name, completed }) => name === 'Preflight' && completed !== undefined) ||
  moveHasEnded(move) ||
  stateOfMove(move) === 'Blocked';

/** What the preflight found; a move that could not be opened has its reason as the only finding. Pure. */
export const findingsOf = (move: Move): Finding[] => {
  const errors = move.status?.errors ?? [];
  const checks = (move.status?.evidence ?? [])
    .filter(({ row }) => row === 0)
    .map(({ name, result }) => ({ name, result, ok: !errors.some((error) => error.includes(result)) }));
  if (checks.length > 0) return checks;
  const { reason = 'NotChecked', message = 'the operator has not checked the move' } = conditionOf(move, 'Ready') ?? {};
  return [{ name: reason, result: message, ok: false }];
};

/** The findings as a table, those in the way first. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  tableLines(
    ['OK', 'CHECK', 'RESULT'],
    findings.toSorted((a, b) => Number(a.ok) - Number(b.ok)).map(({ name, result, ok }) => [ok ? 'yes' : 'NO', name, result]),
  );

const STEPS = 1;

/** What a rehearsal needs. */
export type Rehearsal = {
  invocation: Invocation;
  client: Client;
  request: MoveRequest;
  parts: MoveParts;
  waiting: (reporter: Reporter<Move>) => Waiting;
};

/** Has the preflight run and takes the move away again; nothing is changed on either side. Exit code 6 when something stands in the way. */
export const rehearse = async ({ invocation, client, request, parts, waiting }: Rehearsal): Promise<ExitCode> => {
  const { terminal } = invocation;
  const reporter: Reporter<Move> = reporterFor(terminal, STEPS, moveView);
  reporter.step('check both management clusters, the store and DNS');
  await createMove(client, request, parts);
  try {
    const name = { namespace: request.operatorNamespace, name: parts.name };
    const move = await followMove(client, name, waiting(reporter), () => {}, isChecked);
    reporter.end();
    const findings = findingsOf(move);
    if (!print(invocation, findings)) for (const line of findingLines(findings)) terminal.out(line);
    const bad = findings.filter(({ ok }) => !ok).length;
    terminal.err(
      bad === 0 ? 'nothing stands in the way; nothing was changed' : `${bad} of ${findings.length} stand in the way; nothing was changed`,
    );
    return bad === 0 ? exitCodes.done : exitCodes.refused;
  } finally {
    reporter.end();
    await removeMove(client, request, parts);
  }
};
