import { type AutoRollbackEvent, DISABLED, type ImageBasedUpgrade, type ImageBasedUpgradeReport, upgradeAnnotations } from '@godwit/api';
import { isSwitchedOn } from '../annotations/switches.ts';

const SWITCHES: Readonly<Record<AutoRollbackEvent, string>> = {
  PostRebootConfig: upgradeAnnotations.rollbackOnPostRebootConfig,
  UpgradeCompletion: upgradeAnnotations.rollbackOnUpgradeCompletion,
  InitMonitor: upgradeAnnotations.rollbackOnInitMonitor,
};

type Annotated = { readonly metadata: Pick<ImageBasedUpgrade['metadata'], 'annotations'> };
type Policy = Pick<ImageBasedUpgradeReport, 'spec'> | undefined;

const policyOf = (report: Policy): readonly AutoRollbackEvent[] | undefined => report?.spec?.autoRollbackOnFailure?.on;

const rollsBackOn = (event: AutoRollbackEvent, { metadata }: Annotated, report: Policy): boolean =>
  policyOf(report)?.includes(event) ?? isSwitchedOn(metadata.annotations, SWITCHES[event]);

/** What rolls a new release back by itself before its agent runs: as the policy in the report says, or else the annotations (G-I19). Pure. */
export const rollbackChoice = (upgrade: Annotated, report: Policy): { initMonitor: boolean; postRebootConfig: boolean } => ({
  initMonitor: rollsBackOn('InitMonitor', upgrade, report),
  postRebootConfig: rollsBackOn('PostRebootConfig', upgrade, report),
});

/** The upgrade as the new release gets it: a policy becomes the annotations that mean the same, because the report stays behind. Pure. */
export const withPolicy = <T extends Annotated>(upgrade: T, report: Policy): T => {
  if (policyOf(report) === undefined) return upgrade;
  const annotations = { ...upgrade.metadata.annotations };
  for (const event of Object.keys(SWITCHES) as AutoRollbackEvent[]) {
    if (rollsBackOn(event, upgrade, report)) delete annotations[SWITCHES[event]];
    else annotations[SWITCHES[event]] = DISABLED;
  }
  return { ...upgrade, metadata: { ...upgrade.metadata, annotations } };
};
