import type { ImageBasedUpgrade } from '@godwit/api';
import type { Kubectl } from '@godwit/example-shop';
import type { TestNode } from '../node.ts';
import { until } from '../until.ts';

type Upgrade = ImageBasedUpgrade;

/** The one upgrade of a node. */
export const readUpgrade = async (kubectl: Kubectl): Promise<Upgrade> =>
  JSON.parse(await kubectl.run(['get', 'ibu', 'upgrade', '-o', 'json'])) as Upgrade;

/** A condition as `Type=Status Reason: message`; empty when there is none. */
export const conditionOf = ({ status }: Upgrade, type: string): string => {
  const found = (status?.conditions ?? []).find((each) => each.type === type);
  return found === undefined ? '' : `${type}=${found.status} ${found.reason}: ${found.message}`;
};

/** The command of the product documents that asks for a stage; the namespace is superfluous and must do no harm. */
export const askForStage = (kubectl: Kubectl, stage: string, spec: object = {}): Promise<string> =>
  kubectl.run([
    ...['patch', 'imagebasedupgrades.lca.openshift.io', 'upgrade', '--type=merge', '-n', 'openshift-lifecycle-agent'],
    `-p=${JSON.stringify({ spec: { stage, ...spec } })}`,
  ]);

const ENDED: Readonly<Record<string, (upgrade: Upgrade) => boolean>> = {
  Idle: (upgrade) => /^Idle=(True|False .*(AbortFailed|FinalizeFailed))/.test(conditionOf(upgrade, 'Idle')),
  ...Object.fromEntries(
    ['Prep', 'Upgrade', 'Rollback'].map((stage) => [stage, (upgrade: Upgrade) => conditionOf(upgrade, `${stage}Completed`) !== '']),
  ),
};

/** Follows a stage to its end, also over reboots of the node, and returns the upgrade as it is then. */
export const followStage = ({ kubectl }: TestNode, stage: string, seconds: number, say: (line: string) => void): Promise<Upgrade> => {
  let said = '';
  return until(`stage ${stage} to end (last: ${said})`, seconds, async () => {
    const upgrade = await readUpgrade(kubectl);
    const last = (upgrade.status?.conditions ?? []).at(-1);
    const line = `${last?.type} ${last?.status} ${last?.reason}: ${last?.message}`;
    if (line !== said) say(`  … ${line}`);
    said = line;
    return upgrade.spec.stage === stage && ENDED[stage]?.(upgrade) === true ? upgrade : undefined;
  });
};

/** What the API server says the user may ask for next. */
export const nextStages = ({ status }: Upgrade): string => (status?.validNextStages ?? []).join(',');
