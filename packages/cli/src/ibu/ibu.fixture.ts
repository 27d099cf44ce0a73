import type { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import type { UpgradeState } from './state.ts';

type Status = NonNullable<ImageBasedUpgrade['status']>;

/** A condition as `Type=Status Reason message`. */
export const condition = (text: string) => {
  const [, type = '', status = '', reason = '', message = ''] = /^(\w+)=(\w+) (\w+) ?(.*)$/.exec(text) ?? [];
  return { type, status: status as 'True' | 'False', reason, message, lastTransitionTime: '2030-01-01T00:00:00Z' };
};

/** An upgrade with a stage, conditions as texts, and what else its status holds. */
export const upgradeAt = (
  stage: 'Idle' | 'Prep' | 'Upgrade' | 'Rollback',
  conditions: readonly string[],
  { annotations, ...status }: Partial<Status> & { annotations?: Record<string, string> } = {},
): ImageBasedUpgrade => ({
  apiVersion: 'lca.openshift.io/v1',
  kind: 'ImageBasedUpgrade',
  metadata: { name: 'upgrade', generation: 2, ...(annotations && { annotations }) },
  spec: { stage, seedImageRef: { version: '4.21.0', image: 'quay.io/lab/seed:4.21.0' } },
  status: { conditions: conditions.map(condition), ...status },
});

/** A report with this status. */
export const reportWith = (status: NonNullable<ImageBasedUpgradeReport['status']>): ImageBasedUpgradeReport => ({
  apiVersion: 'godwit.io/v1alpha1',
  kind: 'ImageBasedUpgradeReport',
  metadata: { name: 'upgrade' },
  spec: {},
  status,
});

/** A history of an upgrade that was rebooted at noon. */
export const rebooted = (...later: string[]): NonNullable<Status['history']> => [
  {
    stage: 'Upgrade',
    startTime: '2030-01-01T11:00:00Z',
    phases: [
      { phase: 'PrePivot', startTime: '2030-01-01T11:00:00Z', completionTime: '2030-01-01T12:00:00Z' },
      ...later.map((phase) => ({ phase, startTime: '2030-01-01T12:02:00Z' })),
    ],
  },
];

/** A state that is followed, with its API server answering. */
export const stateOf = (upgrade: ImageBasedUpgrade, report?: ImageBasedUpgradeReport): UpgradeState => ({ upgrade, report, link: {} });
