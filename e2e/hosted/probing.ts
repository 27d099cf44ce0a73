import type { HostedClusterMigration } from '@godwit/api';
import { awaySeconds, outages, type Prober, probeApi, probeUrl } from '../support/hosted/prober.ts';
import type { Picture } from './picture.ts';
import { FOLDER, type Stage } from './stage.ts';

/** Probers of a move: of each pod of the workload, and of the API. */
export type Probing = { workload: Prober[]; api: Prober };

/** Line 3: begins to ask the workload and, apart, the API, each ten times a second; both are logged. */
export const startProbing = ({ set }: Stage, name: string, { pods, access }: Picture): Probing => ({
  workload: pods.map(({ url }, at) => probeUrl(`${FOLDER}/${name}-workload-${at + 1}.log`, url)),
  api: probeApi(`${FOLDER}/${name}-api.log`, set, access),
});

/** How far the counters of the answers went up: they begin anew with their process. */
const isUnbroken = ({ probes }: Prober): boolean => {
  const counts = probes.filter(({ ok }) => ok).map(({ said }) => Number.parseInt(said, 10));
  // Requests that overlap may be answered in another order.
  return counts.every((count, at) => at === 0 || count > (counts[at - 1] ?? 0) - 100) && (counts.at(-1) ?? 0) >= counts.length;
};

const APART_SECONDS = 1;

/** Ends the probers and judges what they saw. */
export const judgeProbing = async ({ score }: Stage, { workload, api }: Probing, move: HostedClusterMigration): Promise<number> => {
  await Promise.all([...workload, api].map((prober) => prober.stop()));
  const probes = workload.flatMap((prober) => prober.probes);
  const failed = probes.filter(({ ok }) => !ok);
  score.holds(
    'not one request to the workload failed',
    failed.length === 0,
    `${probes.length} requests, ${failed.length} failed ${failed[0]?.said ?? ''}`,
  );
  score.holds(
    'the counters of the workload are unbroken',
    workload.every(isUnbroken),
    workload.map((prober) => prober.probes.findLast(({ ok }) => ok)?.said).join(', '),
  );
  const away = awaySeconds(api.probes);
  const reported = move.status?.downtime?.seconds ?? Number.NaN;
  score.holds(
    `the downtime that the move reports is the measured one, ${APART_SECONDS} s apart at most`,
    Math.abs(away - reported) <= APART_SECONDS,
    `measured ${away.toFixed(1)} s in ${outages(api.probes).length} outages, reported ${reported} s`,
  );
  return away;
};
