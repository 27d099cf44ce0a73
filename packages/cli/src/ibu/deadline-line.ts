import type { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import { rollbackChoice } from '@godwit/upgrade';
import { shortDuration } from '../printers/age.ts';
import { rollbackSeconds } from './facts.ts';

/** What the clock does to an upgrade that is about to begin, as the annotations, or the policy in the report, say it now. Pure. */
export const deadlineLine = (upgrade: ImageBasedUpgrade, report: ImageBasedUpgradeReport | undefined): string =>
  rollbackChoice(upgrade, report).initMonitor
    ? `an upgrade that is not complete ${shortDuration(rollbackSeconds(upgrade))} after the reboot is rolled back by itself`
    : 'an upgrade that does not become complete is not rolled back by the clock: that is switched off';
