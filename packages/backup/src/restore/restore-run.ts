import type { Clock } from '@godwit/controller';
import type { ServedResource } from '@godwit/kube';
import type { Archive } from '../archive/archive-reader.ts';
import type { RunLog } from '../archive/run-log.ts';
import { groupResource } from '../group-resource.ts';
import type { ItemFacts } from '../items/rule.ts';
import type { Restore } from '../velero.ts';
import type { Target } from './restore-item.ts';

/** What the items of one restore share. */
export type RestoreRun = {
  readonly restore: Restore;
  readonly archive: Archive;
  readonly target: Target;
  readonly facts: Omit<ItemFacts, 'resource'>;
  readonly log: RunLog;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** What the target serves; asked again after definitions were restored. */
  served: readonly ServedResource[];
};

/** The resource under which the target serves objects of this apiVersion; undefined when it does not. */
export const servedFor = (run: Pick<RestoreRun, 'served'>, resource: string, apiVersion: string): ServedResource | undefined => {
  const version = apiVersion.split('/').at(-1);
  return run.served.find((each) => groupResource(each) === resource && each.version === version);
};
