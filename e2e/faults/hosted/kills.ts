import type { HostedClusterMigration } from '@godwit/api';
import { followMove, hasEnded, hasSucceeded, lastWords, startMove } from '../../support/hosted/move.ts';
import { HOME } from '../../support/hosted/sample.ts';
import type { Row } from '../table.ts';
import { wrongAt } from './serves.ts';
import type { Stage } from './stage.ts';

const NAME = 'kills';
const SECONDS = 900;

type Kill = { phases: string[]; began: number };

/** Kills the operator of the destination at the write that records a phase, before the operator hears that it was stored. */
const strikeWrites = ({ proxy, destination, say }: Stage, only: readonly string[]): Kill[] => {
  const kills: Kill[] = [];
  const seen = new Set<string>();
  proxy.onWrite(async ({ run, phases }) => {
    if (run !== NAME) return;
    const fresh = phases.filter((phase) => !seen.has(phase));
    for (const phase of fresh) seen.add(phase);
    const chosen = fresh.filter((phase) => only.length === 0 || only.includes(phase));
    if (chosen.length === 0) return;
    kills.push({ phases: chosen, began: Date.now() });
    say(`kill -9 in ${chosen.join(', ')}`);
    await destination.kill();
    destination.start();
  });
  return kills;
};

const secondsOf = (move: HostedClusterMigration, phase: string): number => {
  const { started, completed } = (move.status?.phases ?? []).find(({ name }) => name === phase) ?? {};
  return started === undefined || completed === undefined ? 0 : Math.round((Date.parse(completed) - Date.parse(started)) / 1000);
};

const wrongAfter = async (stage: Stage, move: HostedClusterMigration): Promise<string[]> => {
  if (!hasSucceeded(move)) return [`the move did not succeed: ${lastWords(move)}`, ...(await wrongAt(stage, 'alpha'))];
  const left = await stage.set.alpha.run(['get', 'namespace', HOME, '-o', 'name', '--ignore-not-found']);
  return [...(await wrongAt(stage, 'beta')), ...(left === '' ? [] : ['the old control plane is still there'])];
};

/** Moves the hosted cluster to beta while the operator is killed once inside each phase; one row for each kill. */
export const killRows = async (stage: Stage, only: readonly string[]): Promise<Row[]> => {
  const kills = strikeWrites(stage, only);
  const { endpoint, authority } = stage.store;
  await startMove(stage.set, NAME, { to: 'beta', soak: '10s', store: { endpoint, authority } });
  const move = await followMove(stage.set, { to: 'beta', name: NAME, seconds: SECONDS }, hasEnded);
  stage.proxy.onWrite(undefined);
  const wrong = await wrongAfter(stage, move);
  const ended = wrong.length === 0 ? 'completed on beta, same nodes and workload' : `${move.status?.phase}`;
  return kills.map(({ phases }) => ({
    phases,
    fault: 'kill -9 operator',
    seconds: phases.reduce((sum, phase) => sum + secondsOf(move, phase), 0),
    ended,
    wrong,
  }));
};
