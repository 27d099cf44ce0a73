import { startControlPlane, toStandardError } from '@godwit/devcluster';
import { openHosted } from '../../../e2e/support/hosted/access.ts';
import type { HostedSet } from '../../../e2e/support/hosted/hosted-set.ts';
import { sampleCluster, sampleParts } from '../../../e2e/support/hosted/sample.ts';
import { apply } from '../../../e2e/support/manifests.ts';
import { until } from '../../../e2e/support/until.ts';
import { openHostedStage, removeSample } from '../hosted-stage.ts';
import { median, type Result, type Row } from '../row.ts';
import { FOLDER } from '../stage.ts';

const SAMPLES = 3;
const GOAL = 1.5;

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const startHosted = async (set: HostedSet): Promise<number> => {
  await apply(set.alpha, ...sampleParts(set));
  const seconds = await secondsOf(async () => {
    await apply(set.alpha, sampleCluster(set));
    await until('the API of the hosted cluster', 300, async () => {
      const { kubectl } = await openHosted(set, 'alpha', FOLDER);
      return (await kubectl.run(['get', '--raw', '/readyz'])) === 'ok' ? true : undefined;
    });
  });
  await removeSample(set);
  return seconds;
};

const startByHand = async (): Promise<number> => {
  const began = performance.now();
  const plane = await startControlPlane({ name: 'byhand', controllers: true });
  const seconds = (performance.now() - began) / 1000;
  await plane.stop();
  return seconds;
};

const measure = async (): Promise<Result[]> => {
  const { set } = await openHostedStage();
  const [ours, byHand]: [number[], number[]] = [[], []];
  for (let at = 1; at <= SAMPLES; at += 1) {
    byHand.push(await startByHand());
    ours.push(await startHosted(set));
    toStandardError(`  hosted ${ours.at(-1)?.toFixed(1)} s, by hand ${byHand.at(-1)?.toFixed(1)} s`);
  }
  const reference = median(byHand);
  return [
    {
      name: 'hosted-start',
      ours: median(ours),
      reference,
      unit: 's',
      referenceKind: 'measured',
      goal: `≤ ${GOAL} × the binaries by hand`,
      met: median(ours) <= GOAL * reference,
      samples: ours,
      note: `From applying the HostedCluster to /readyz by its public name, the images present after the first of ${SAMPLES}. By hand: certificates, etcd, API server and controller manager as processes of this machine without containers, from nothing to /readyz; no volume, no scheduler, no name in DNS.`,
    },
  ];
};

/** How long a hosted cluster takes until its API answers, against the same programs started by hand. */
export const hostedStart: Row = { name: 'hosted-start', title: 'a hosted cluster until its API answers', measure };
