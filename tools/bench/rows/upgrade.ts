import { seedImage } from '../../../e2e/support/upgrade/seeds.ts';
import { EDGE, type Stage } from '../../../e2e/support/upgrade/stage.ts';
import { askForStage, conditionOf, followStage } from '../../../e2e/support/upgrade/upgrade.ts';
import { plainPrep } from '../plain-prep.ts';
import { type Reboot, watchReboot } from '../reboot-watch.ts';
import { median, type Result, type Row, rounded } from '../row.ts';
import { openUpgradeStage } from '../upgrade-stage.ts';

const VERSION = '4.21.0';
const SAMPLES = 3;
const GOAL_RATIO = 1.2;
/** No other tool does this; a minute without an API is what one would bear at night. */
const REBOOT_LIMIT_SECONDS = 60;

const walk = async ({ edge, say }: Stage, stage: string, spec: object = {}): Promise<number> => {
  const began = performance.now();
  await askForStage(edge.kubectl, stage, spec);
  const upgrade = await followStage(edge, stage, 900, say);
  const end = conditionOf(upgrade, stage === 'Idle' ? 'Idle' : `${stage}Completed`);
  if (!end.includes('=True')) throw new Error(`${stage} did not complete: ${end}`);
  return (performance.now() - began) / 1000;
};

const seed = { seedImageRef: { version: VERSION, image: seedImage(VERSION) } };

type Times = { prep: number[]; plain: number[] };

const measurePrep = async (stage: Stage): Promise<Times> => {
  const times: Times = { prep: [], plain: [] };
  for (let at = 0; at < SAMPLES; at += 1) {
    times.plain.push(await plainPrep(stage.edge, seedImage(VERSION)));
    times.prep.push(await walk(stage, 'Prep', seed));
    if (at < SAMPLES - 1) await walk(stage, 'Idle');
  }
  return times;
};

const rebooting = async (stage: Stage, name: string): Promise<{ reboot: Reboot; seconds: number }> => {
  const [reboot, seconds] = await Promise.all([watchReboot(stage.set.id, EDGE, stage.edge), walk(stage, name)]);
  return { reboot, seconds };
};

const rebootResult = (name: string, { reboot, seconds }: { reboot: Reboot; seconds: number }, what: string): Result => {
  const away = reboot.down + reboot.up;
  return {
    name,
    ours: rounded(away),
    reference: REBOOT_LIMIT_SECONDS,
    unit: 's',
    referenceKind: 'limit',
    goal: `≤ ${REBOOT_LIMIT_SECONDS} s`,
    met: away <= REBOOT_LIMIT_SECONDS,
    samples: [away],
    note: `${what}: the old release ended and the other was entered in ${reboot.down.toFixed(1)} s, its API answered ${reboot.up.toFixed(1)} s later; the whole stage took ${seconds.toFixed(1)} s. The boot is simulated: no firmware and no kernel start (tier namespace).`,
  };
};

const measure = async (): Promise<Result[]> => {
  const stage = await openUpgradeStage();
  const { prep, plain } = await measurePrep(stage);
  const ratio = median(prep) / median(plain);
  const upgraded = await rebooting(stage, 'Upgrade');
  const rolledBack = await rebooting(stage, 'Rollback');
  return [
    {
      name: 'upgrade-prep',
      ours: rounded(median(prep)),
      reference: rounded(median(plain)),
      unit: 's',
      referenceKind: 'measured',
      goal: `≤ ${GOAL_RATIO} ×`,
      met: ratio <= GOAL_RATIO,
      samples: prep,
      note: `Prep of a seed against skopeo copy, tar, ostree pull-local and ostree admin deploy of the same image, typed on the same node (${plain.map((each) => each.toFixed(1)).join(', ')} s). Ours also verifies every layer, checks the cluster and pulls the images of the release.`,
    },
    rebootResult('upgrade-reboot', upgraded, 'From the last answer of the old release to the first of the new one'),
    rebootResult('rollback-reboot', rolledBack, 'From the last answer of the new release to the first of the old one'),
  ];
};

/** What the stages of an image-based upgrade take. */
export const upgrade: Row = { name: 'upgrade', title: 'prepare, upgrade and roll back a single-node cluster', measure };
