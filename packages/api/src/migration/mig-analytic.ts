import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields, quantity } from '../schema.ts';
import { ageColumn, migrationKind, readyColumn } from './common.ts';
import { conditions } from './condition.ts';

const spec = fields({
  migPlanRef: objectReference.describe('The plan to look into. Required.'),
  analyzePVCapacity: z.boolean().describe('Adds up the sizes of volumes. Required.'),
  analyzeImageCount: z.boolean().describe('Counts images and adds up their sizes. Required.'),
  analyzeK8SResources: z.boolean().describe('Counts objects by kind. Required.'),
  listImages: z.boolean().optional().describe('Also lists the images one by one. Omitted: false.'),
  listImagesLimit: z.int().optional().describe('At most so many images per namespace are listed. Omitted: all.'),
  analyzeExtendedPVCapacity: z.boolean().optional().describe('Measures how full volumes are and proposes sizes. Omitted: false.'),
  refresh: z.boolean().optional().describe('Analyses again; set back to false afterwards. Omitted: false.'),
});

const image = fields({
  name: z.string().describe('Name of the image. Required.'),
  reference: z.string().describe('Where it can be pulled from. Required.'),
  size: quantity().describe('Its size. Required.'),
});

const resourceCount = fields({
  group: z.string().describe('API group. Required.'),
  version: z.string().describe('Version. Required.'),
  kind: z.string().describe('Kind. Required.'),
  count: z.int().describe('How many objects there are. Required.'),
});

const volume = fields({
  name: z.string().describe('Name of the claim. Required.'),
  requestedCapacity: quantity().optional().describe('What the claim asked for.'),
  actualCapacity: quantity().optional().describe('What was provisioned.'),
  usagePercentage: z.int().optional().describe('How full it is, in percent.'),
  proposedCapacity: quantity().optional().describe('The size that is advised for the target cluster.'),
  comment: z.string().optional().describe('Why that size is advised.'),
  sparseFilesFound: z.boolean().optional().describe('Whether it holds files with holes. Omitted: false.'),
});

const totals = {
  k8sResourceTotal: z.int().optional().describe('Objects in all.'),
  pvCapacity: quantity().optional().describe('Sizes of all volumes added up.'),
  pvCount: z.int().optional().describe('Volumes in all.'),
  imageCount: z.int().optional().describe('Images in all.'),
  imageSizeTotal: quantity().optional().describe('Sizes of all images added up.'),
};

const namespace = fields({
  namespace: z.string().optional().describe('Name of the namespace.'),
  ...totals,
  excludedK8SResourceTotal: z.int().optional().describe('Objects of kinds that are left out.'),
  incompatibleK8SResourceTotal: z.int().optional().describe('Objects of kinds that the target cluster does not serve.'),
  images: z.array(image).optional().describe('The images, if they were to be listed.'),
  k8sResources: z.array(resourceCount).optional().describe('Objects by kind.'),
  persistentVolumes: z.array(volume).optional().describe('Claims with what was measured.'),
  excludedK8SResources: z.array(resourceCount).optional().describe('Objects by kind that are left out.'),
  incompatibleK8SResources: z.array(resourceCount).optional().describe('Objects by kind that the target cluster does not serve.'),
});

const analytics = fields({
  plan: z.string().optional().describe('Name of the plan.'),
  percentComplete: z.int().optional().describe('How much of the analysis is done, in percent.'),
  ...totals,
  excludedk8sResourceTotal: z.int().optional().describe('Objects of kinds that are left out.'),
  incompatiblek8sResourceTotal: z.int().optional().describe('Objects of kinds that the target cluster does not serve.'),
  namespaces: z.array(namespace).optional().describe('The same figures for each namespace.'),
});

const status = fields({
  conditions,
  observedGeneration: z.int().optional().describe('The generation that was last reconciled, plus one, as upstream counts it.'),
  analytics: analytics.optional().describe('What was found.'),
});

const figure = (name: string, field: string) => ({ name, type: 'string' as const, jsonPath: `.status.analytics.${field}` });

/** How much a plan has to move: objects, images, volumes. */
export const MigAnalytic = kind(
  {
    ...migrationKind,
    kind: 'MigAnalytic',
    description: 'How much a plan has to move: objects, images, volumes.',
    plural: 'miganalytics',
    columns: [
      readyColumn,
      { name: 'Plan', type: 'string', jsonPath: '.spec.migPlanRef.name' },
      figure('Progress', 'percentComplete'),
      figure('Resources', 'k8sResourceTotal'),
      figure('Images', 'imageCount'),
      figure('ImageSize', 'imageSizeTotal'),
      figure('PVs', 'pvCount'),
      figure('PVCapacity', 'pvCapacity'),
      ageColumn,
    ],
  },
  spec,
  status,
);
/** How much a plan has to move. */
export type MigAnalytic = ObjectOf<typeof MigAnalytic>;
