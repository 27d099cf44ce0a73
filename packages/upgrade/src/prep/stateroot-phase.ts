import type { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import type { StageScope } from '../handler/stage-handler.ts';
import { rollbackChoice } from '../rollback/policy.ts';
import type { AutoRollbackChoice } from '../stateroot/auto-rollback.ts';
import { prepareStateroot, staterootSteps } from '../stateroot/prepare.ts';
import { examinedDigest } from './examined-seed.ts';
import { jobPhase } from './job-phase.ts';
import { prepJobs } from './job-texts.ts';
import type { PrepMeans } from './means.ts';
import { withSeedAccess } from './seed-access.ts';
import { staterootProgress } from './stateroot-progress.ts';

const NAMES = staterootSteps.map(({ name }) => name);

/** When the next release rolls back by itself, as the upgrade says it now (D-I14). */
export const autoRollbackOf = (upgrade: ImageBasedUpgrade, report?: ImageBasedUpgradeReport): AutoRollbackChoice => ({
  timeoutSeconds: upgrade.spec?.autoRollbackOnFailure?.initMonitorTimeoutSeconds,
  ...rollbackChoice(upgrade, report),
});

const HOURS = 3600;

/** Installs the release beside the running one. */
export const setUpStateroot = (means: PrepMeans) =>
  jobPhase({
    name: 'Stateroot',
    description: 'Installing the release of the seed image beside the running one',
    job: prepJobs.stateroot,
    deadlineSeconds: 4 * HOURS,
    run: async (scope: StageScope, signal, tell) => {
      const { cluster, host, clock, report } = scope;
      const upgrade = scope.upgrade.current();
      const { image = '', version = '' } = upgrade.spec?.seedImageRef ?? {};
      const digest = examinedDigest(report.status(), image);
      const request = {
        image,
        version,
        autoRollback: autoRollbackOf(upgrade, report.current()),
        retained: means.retained,
        ...(digest === undefined ? {} : { digest }),
      };
      await withSeedAccess({ cluster, host }, upgrade, means.access(host), (access) =>
        prepareStateroot(
          { host, run: means.run, clock, access, request },
          { signal, progress: (each) => tell(staterootProgress(NAMES, each)) },
        ),
      );
    },
  });
