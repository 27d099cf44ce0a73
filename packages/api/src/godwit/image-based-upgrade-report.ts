import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields } from '../schema.ts';
import { godwitKind } from './common.ts';
import { upgradeReportStatus } from './image-based-upgrade-report-status.ts';

const event = z.enum(['PostRebootConfig', 'UpgradeCompletion', 'InitMonitor']);

/** What may roll an upgrade back without being asked. */
export type AutoRollbackEvent = z.infer<typeof event>;

const spec = fields({
  autoRollbackOnFailure: fields({
    on: z
      .array(event)
      .optional()
      .describe('What rolls back; an empty list: nothing does. Omitted: what the annotations of the ImageBasedUpgrade leave on.'),
  })
    .optional()
    .describe('When a failing upgrade is rolled back without being asked; may be changed until the reboot.'),
});

/** What the agent knows of the upgrade named like this object beyond what the ImageBasedUpgrade can say. */
export const ImageBasedUpgradeReport = kind(
  {
    ...godwitKind,
    scope: 'Cluster',
    kind: 'ImageBasedUpgradeReport',
    description: 'What the agent knows of the upgrade named like this object beyond what the ImageBasedUpgrade can say.',
    plural: 'imagebasedupgradereports',
    shortNames: ['ibur'],
    columns: [
      { name: 'Phase', type: 'string', jsonPath: '.status.progress.phase' },
      { name: 'Step', type: 'string', jsonPath: '.status.progress.step' },
      { name: 'Percent', type: 'integer', jsonPath: '.status.progress.percent' },
      { name: 'Tier', type: 'string', jsonPath: '.status.tier' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
    validations: [{ rule: "self.metadata.name == 'upgrade'", message: "the report is a singleton, metadata.name must be 'upgrade'" }],
  },
  spec,
  upgradeReportStatus,
);
/** What the agent knows of the upgrade named like this object beyond what the ImageBasedUpgrade can say. */
export type ImageBasedUpgradeReport = ObjectOf<typeof ImageBasedUpgradeReport>;
