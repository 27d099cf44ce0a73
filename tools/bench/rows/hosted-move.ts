import type { HostedClusterMigration } from '@godwit/api';
import { toStandardError } from '@godwit/devcluster';
import { openHosted } from '../../../e2e/support/hosted/access.ts';
import { type HostedSet, otherSide, type Side } from '../../../e2e/support/hosted/hosted-set.ts';
import { followMove, hasEnded, hasSucceeded, lastWords, startMove } from '../../../e2e/support/hosted/move.ts';
import { awaySeconds, probeApi } from '../../../e2e/support/hosted/prober.ts';
import { filledSample, openHostedStage } from '../hosted-stage.ts';
import { median, type Result, type Row } from '../row.ts';
import { FOLDER } from '../stage.ts';

const GOAL_SECONDS = 15;
const MOVE_SECONDS = 900;

type Sample = { seconds: number; parts: string; megabytes: number };

/** What happens while the API is away, in the order of the phases. */
const partsOf = ({ status }: HostedClusterMigration): string => {
  const { started = '', ended = '' } = status?.downtime ?? {};
  return (status?.phases ?? [])
    .filter((phase) => (phase.completed ?? '') >= started && (phase.started ?? '') <= ended)
    .map((phase) => `${phase.name} ${(Date.parse(phase.completed ?? '') - Date.parse(phase.started ?? '')) / 1000} s`)
    .join(', ');
};

const moveTo = async (set: HostedSet, to: Side): Promise<Sample> => {
  const prober = probeApi(`${FOLDER}/move-to-${to}-api.log`, set, await openHosted(set, otherSide(to), FOLDER));
  const name = `to-${to}`;
  await startMove(set, name, { to, soak: '5s' });
  const move = await followMove(set, { to, name, seconds: MOVE_SECONDS }, hasEnded);
  await prober.stop();
  if (!hasSucceeded(move)) throw new Error(`the move to ${to} did not succeed: ${lastWords(move)}`);
  const sample = { seconds: awaySeconds(prober.probes), parts: partsOf(move), megabytes: (move.status?.snapshot?.size ?? 0) / 1e6 };
  toStandardError(`  to ${to}: API away for ${sample.seconds.toFixed(1)} s: ${sample.parts}`);
  return sample;
};

const measure = async (): Promise<Result[]> => {
  const { set } = await openHostedStage();
  await filledSample();
  const samples = [await moveTo(set, 'beta'), await moveTo(set, 'alpha')];
  const seconds = samples.map((sample) => sample.seconds);
  return [
    {
      name: 'hosted-move',
      ours: median(seconds),
      reference: GOAL_SECONDS,
      unit: 's',
      referenceKind: 'limit',
      goal: `≤ ${GOAL_SECONDS} s`,
      met: median(seconds) <= GOAL_SECONDS,
      samples: seconds,
      note: `API of the hosted cluster away during a move, seen by a prober at 10 Hz through its public name, there and back, etcd ${samples[0]?.megabytes.toFixed(0)} MB. No other tool does this; the reference is the limit. Phases meanwhile, there: ${samples[0]?.parts}; back: ${samples[1]?.parts}.`,
    },
  ];
};

/** How long the API of a hosted cluster is away while it moves. */
export const hostedMove: Row = { name: 'hosted-move', title: 'the API of a hosted cluster during a move, etcd of 100 MB', measure };
