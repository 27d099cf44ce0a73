import type { ImageBasedUpgrade, UpgradeFinding } from '@godwit/api';
import { cleanupOf } from '../annotations/ways-out.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { draftOf } from '../handler/upgrade-draft.ts';
import { readReport, reportDraftOf } from '../report/report-draft.ts';
import { readSettings } from '../rollback/deadline.ts';
import { isAfterPivot } from '../stage/after-pivot.ts';
import type { UpgradeWorld } from '../world.ts';
import { mirrorOf } from './keep-mirror.ts';

const IS_WARNING = { Error: 'Error', Warning: 'Warn', Info: 'Advisory' } as const;

/** What was found for the first time is told as an event, too. */
const tellOf =
  ({ cluster, recorder }: UpgradeWorld, upgrade: ImageBasedUpgrade) =>
  async (findings: readonly UpgradeFinding[]) => {
    for (const { code, severity, object, message } of findings)
      await recorder.record(
        cluster,
        upgrade,
        [],
        [{ type: object, status: 'True', reason: code, message, category: IS_WARNING[severity] }],
      );
  };

/** Reads what a round needs beside the object itself. */
export const openScope = async (world: UpgradeWorld, read: ImageBasedUpgrade, signal: AbortSignal): Promise<StageScope> => {
  const { cluster, clock, host } = world;
  const [deployments, bootId, report, settings] = await Promise.all([
    host.listDeployments(),
    host.bootId(),
    readReport(cluster),
    readSettings(host.root),
  ]);
  const booted = deployments.find((each) => each.booted)?.stateroot;
  const version = (read.spec as Partial<typeof read.spec> | undefined)?.seedImageRef?.version;
  const upgrade = draftOf(read, { cluster, clock, wrote: mirrorOf(world) });
  const draft = reportDraftOf(report, { cluster, tell: tellOf(world, read) });
  draft.change((status) => ({ ...status, tier: host.tier, bootId, ...(booted === undefined ? {} : { bootedStateroot: booted }) }));
  return {
    ...world,
    upgrade,
    report: draft,
    deployments,
    booted,
    afterPivot: isAfterPivot({ booted, version, left: settings?.rollback_stateroot }),
    get cleanup() {
      return cleanupOf(upgrade.conditions());
    },
    signal,
  };
};
