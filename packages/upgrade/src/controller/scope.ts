import type { ImageBasedUpgrade, UpgradeFinding } from '@godwit/api';
import { cleanupOf } from '../annotations/ways-out.ts';
import { removeMirror, saveMirror } from '../carried/carried-upgrade.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { draftOf } from '../handler/upgrade-draft.ts';
import { readReport, reportDraftOf } from '../report/report-draft.ts';
import { isFailed, isIdle } from '../stage/stage-conditions.ts';
import { isAfterPivot } from '../stage/stateroot-name.ts';
import type { UpgradeWorld } from '../world.ts';

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

/** While something goes on, deleting the object must not undo it; else a deleted one begins anew. */
const mirrorOf = ({ host }: UpgradeWorld) => {
  let kept = '';
  return async (upgrade: ImageBasedUpgrade): Promise<void> => {
    const conditions = upgrade.status?.conditions ?? [];
    if (isIdle(conditions) || isFailed(conditions, 'Rollback')) return removeMirror(host);
    const text = JSON.stringify([upgrade.spec, upgrade.status, upgrade.metadata.annotations]);
    if (text === kept) return;
    await saveMirror(host, upgrade);
    kept = text;
  };
};

/** Reads what a round needs beside the object itself. */
export const openScope = async (world: UpgradeWorld, read: ImageBasedUpgrade, signal: AbortSignal): Promise<StageScope> => {
  const { cluster, clock, host } = world;
  const [deployments, bootId, report] = await Promise.all([host.listDeployments(), host.bootId(), readReport(cluster)]);
  const booted = deployments.find((each) => each.booted)?.stateroot;
  const upgrade = draftOf(read, { cluster, clock, wrote: mirrorOf(world) });
  const draft = reportDraftOf(report, { cluster, tell: tellOf(world, read) });
  draft.change((status) => ({ ...status, tier: host.tier, bootId, ...(booted === undefined ? {} : { bootedStateroot: booted }) }));
  return {
    ...world,
    upgrade,
    report: draft,
    deployments,
    booted,
    afterPivot: isAfterPivot({ booted, version: (read.spec as Partial<typeof read.spec> | undefined)?.seedImageRef?.version }),
    get cleanup() {
      return cleanupOf(upgrade.conditions());
    },
    signal,
  };
};
