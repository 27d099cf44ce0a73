import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields } from '../schema.ts';
import { lcaKind, pullSpec } from './common.ts';
import { imageBasedUpgradeRules } from './image-based-upgrade-rules.ts';
import { imageBasedUpgradeStatus } from './image-based-upgrade-status.ts';
import { stageField } from './stages.ts';

const configMap = fields({
  name: z.string().describe('Name of the ConfigMap. Required.'),
  namespace: z.string().describe('Namespace of the ConfigMap. Required.'),
});

const seedImageRef = fields({
  version: z.string().optional().describe('Version of the platform in the seed image; must be the one that the image says.'),
  image: pullSpec().optional().describe('Where the seed image is pulled from.'),
  pullSecretRef: fields({ name: z.string().describe('Name of the Secret, in the namespace of the agent. Required.') })
    .optional()
    .describe('Secret of type dockerconfigjson for the registry. Omitted: the credentials of the node.'),
});

const autoRollbackOnFailure = fields({
  initMonitorTimeoutSeconds: z
    .int()
    .min(0)
    .optional()
    .describe('Seconds after the first reboot within which the upgrade must be complete, or it is rolled back. Omitted or 0: 1800.'),
});

/** The spec of an ImageBasedUpgrade. */
const imageBasedUpgradeSpec = fields({
  stage: stageField().optional().describe('The stage that is wanted; one of status.validNextStages.'),
  seedImageRef: seedImageRef.optional().describe('The seed image that is installed.'),
  oadpContent: z.array(configMap).optional().describe('ConfigMaps with Backups and Restores. Omitted: nothing is backed up.'),
  extraManifests: z
    .array(configMap)
    .optional()
    .describe('ConfigMaps with manifests that are applied after the upgrade, and catalog sources to keep.'),
  autoRollbackOnFailure: autoRollbackOnFailure.optional().describe('When a failing upgrade is rolled back without being asked.'),
});

/** Upgrades a single-node cluster by installing an image of another one; the user walks it through stages. */
export const ImageBasedUpgrade = kind(
  {
    ...lcaKind,
    kind: 'ImageBasedUpgrade',
    description: 'Upgrades a single-node cluster by installing an image of another one; the user walks it through stages.',
    plural: 'imagebasedupgrades',
    shortNames: ['ibu'],
    columns: [
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      { name: 'Desired Stage', type: 'string', jsonPath: '.spec.stage' },
      { name: 'State', type: 'string', jsonPath: '.status.conditions[-1:].reason' },
      { name: 'Details', type: 'string', jsonPath: '.status.conditions[-1:].message' },
    ],
    validations: imageBasedUpgradeRules,
  },
  imageBasedUpgradeSpec,
  imageBasedUpgradeStatus,
);
/** Upgrades a single-node cluster by installing an image of another one; the user walks it through stages. */
export type ImageBasedUpgrade = ObjectOf<typeof ImageBasedUpgrade>;
