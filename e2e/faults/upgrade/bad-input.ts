import type { ImageBasedUpgrade } from '@godwit/api';
import { until } from '../../support/until.ts';
import { conditionOf, nextStages, readUpgrade } from '../../support/upgrade/upgrade.ts';
import type { Row } from '../table.ts';
import { wrongOn } from './serves.ts';
import { OLD, type Stage } from './stage.ts';
import { endOf, goodSpec, runStage, type StageName } from './stages.ts';

/** What is asked for with Prep. */
export type Spec = ReturnType<typeof goodSpec>;

/** Something wrong that a stage must name in the words of the contract, while the node goes on serving its old release. */
export type BadInput = {
  name: string;
  /** The stage that must end with these words. */
  stage: StageName;
  /** How that stage must end: a condition as `Type=Status Reason: message`, whole. */
  says: string | RegExp;
  /** What may be asked for then. */
  next: string;
  spec?: (good: Spec) => object;
  /** Makes it wrong before Prep is asked for, or right before the stage that must name it. */
  before?: (stage: Stage) => Promise<unknown>;
  spoil?: (stage: Stage) => Promise<unknown>;
  /** Goes on beside the stage. */
  beside?: (stage: Stage) => Promise<unknown>;
  /** More that must hold once it was named; resolves to what does not. */
  also?: (stage: Stage) => Promise<string[]>;
  /** Takes it back, before the node is led back to Idle. */
  mend?: (stage: Stage) => Promise<unknown>;
};

const PATHS: Readonly<Record<StageName, readonly StageName[]>> = {
  Prep: ['Prep'],
  Upgrade: ['Prep', 'Upgrade'],
  Rollback: ['Prep', 'Upgrade', 'Rollback'],
  Idle: ['Prep', 'Upgrade', 'Rollback', 'Idle'],
};

const EXCERPT = 170;

const isSaid = (says: string | RegExp, end: string): boolean => (typeof says === 'string' ? says === end : says.test(end));

/** Cleaning up that has failed is tried again by itself; one that has not been asked for is. */
const leadBack = async (stage: Stage): Promise<string[]> => {
  const { spec } = await readUpgrade(stage.edge.kubectl);
  if (spec.stage !== 'Idle') await runStage(stage, 'Idle');
  const end = await until('Idle', 600, async () => {
    const idle = conditionOf(await readUpgrade(stage.edge.kubectl), 'Idle');
    return idle === 'Idle=True Idle: Idle' ? idle : undefined;
  }).catch((error: Error) => error.message);
  const left = (await stage.edge.sh('ls /ostree/deploy')).trim().split('\n').join(',');
  return [
    ...(end === 'Idle=True Idle: Idle' ? [] : [`the node does not come back to Idle: ${end}`]),
    ...(left === `rhcos_${OLD}` ? [] : [`stateroots ${left} are left`]),
  ];
};

const walkTo = async (stage: Stage, bad: BadInput): Promise<ImageBasedUpgrade> => {
  const way = PATHS[bad.stage];
  let upgrade: ImageBasedUpgrade | undefined;
  for (const each of way) {
    if (each === bad.stage) await bad.spoil?.(stage);
    const running = runStage(stage, each, each === 'Prep' ? (bad.spec?.(goodSpec()) ?? goodSpec()) : {});
    [upgrade] = await Promise.all([running, each === bad.stage ? bad.beside?.(stage) : undefined]);
  }
  if (upgrade === undefined) throw new Error(`no way leads to ${bad.stage}`);
  return upgrade;
};

const SAID_SECONDS = 180;

/** A release that rolls itself back says what it has failed with before, and the old one the whole of it afterwards. */
const afterAll = ({ edge }: Stage, { stage, says, next }: BadInput, ended: ImageBasedUpgrade): Promise<ImageBasedUpgrade> =>
  until('the right words', SAID_SECONDS, async () => {
    const upgrade = await readUpgrade(edge.kubectl);
    return isSaid(says, endOf(upgrade, stage)) && nextStages(upgrade) === next ? upgrade : undefined;
  }).catch(() => ended);

/** Walks into what is wrong and judges it: named in the right words, everything served meanwhile, and back to Idle with nothing left over. */
export const badInputRow = async (stage: Stage, bad: BadInput): Promise<Row> => {
  const began = Date.now();
  await bad.before?.(stage);
  const wrong: string[] = [];
  let end = '';
  try {
    const upgrade = await afterAll(stage, bad, await walkTo(stage, bad));
    end = endOf(upgrade, bad.stage);
    if (!isSaid(bad.says, end)) wrong.push(`it says "${end}" instead of "${bad.says}"`);
    if (nextStages(upgrade) !== bad.next) wrong.push(`next is "${nextStages(upgrade)}" instead of "${bad.next}"`);
    wrong.push(...((await bad.also?.(stage)) ?? []), ...(await wrongOn(stage, OLD)));
  } catch (error) {
    wrong.push((error as Error).message);
  } finally {
    await bad.mend?.(stage);
  }
  wrong.push(...(await leadBack(stage).catch((error: Error) => [error.message])));
  return { phases: [bad.stage], fault: bad.name, seconds: Math.round((Date.now() - began) / 1000), ended: end.slice(0, EXCERPT), wrong };
};
