import { DirectVolumeMigration, MigMigration } from '@godwit/api';
import { type Client, isTransient, type ObjectName, watch } from '@godwit/kube';
import { Failure } from '../failure.ts';
import { hasEnded, stateOfRun } from '../printers/run-facts.ts';
import { statesOf, type Waiting } from '../watch-object.ts';
import type { RunState } from './state.ts';

const isOf = (run: MigMigration, { metadata }: DirectVolumeMigration): boolean =>
  (metadata.ownerReferences ?? []).some(({ uid }) => uid === run.metadata.uid) || metadata.labels?.migmigration === run.metadata.uid;

/** Keeps the volume copies of a namespace up to date until the signal aborts. */
const followCopies = async (
  client: Client,
  namespace: string,
  { signal, onFault }: Waiting,
  take: (copies: DirectVolumeMigration[]) => void,
) => {
  const known = new Map<string, DirectVolumeMigration>();
  const options = { namespace, signal, onFault: (error: unknown) => (isTransient(error) ? onFault?.(error) : undefined) };
  for await (const event of watch(client, DirectVolumeMigration, options)) {
    if (event.type === 'listing') known.clear();
    else if (event.type === 'deleted') known.delete(event.object.metadata.name ?? '');
    else if (event.type !== 'settled') known.set(event.object.metadata.name ?? '', event.object);
    take([...known.values()].toSorted((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '')));
  }
};

/** Whether following has nothing more to see: the run has ended, or is refused before it began. */
const isOver = (run: MigMigration): boolean => hasEnded(run) || stateOfRun(run) === 'Blocked';

/** Follows a run to its end, telling every state; resolves with the last one. */
export const followRun = async (client: Client, name: ObjectName, waiting: Waiting, tell: (state: RunState) => void): Promise<RunState> => {
  const side = new AbortController();
  const signal = AbortSignal.any([waiting.signal, side.signal]);
  let state: RunState | undefined;
  let all: DirectVolumeMigration[] = [];
  const renew = (run: MigMigration) => {
    state = { run, copies: all.filter((copy) => isOf(run, copy)) };
    tell(state);
    return state;
  };
  const copies = followCopies(client, name.namespace ?? '', { ...waiting, signal }, (found) => {
    all = found;
    if (state !== undefined) renew(state.run);
  });
  try {
    for await (const run of statesOf(client, MigMigration, name, waiting)) {
      if (run === undefined)
        throw new Failure(`run "${name.name}" is gone`, { reason: 'NotFound', why: 'somebody has deleted it', next: 'godwit run get' });
      const next = renew(run);
      if (isOver(run)) return next;
    }
    throw new Error(`the watch of run ${name.name} ended`);
  } finally {
    side.abort();
    await copies.catch(() => {}); // only its end was awaited
  }
};
