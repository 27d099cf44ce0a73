import { z } from 'zod';
import { fields } from '../schema.ts';

/** What every kind of infrastructure.godwit.io has in common. The label tells Cluster API which contract this version keeps. */
export const infrastructureKind = {
  group: 'infrastructure.godwit.io',
  version: 'v1alpha1',
  scope: 'Namespaced',
  status: 'subresource',
  categories: ['cluster-api'],
  labels: { 'cluster.x-k8s.io/v1beta2': 'v1alpha1' },
} as const;

/** What Cluster API waits for. */
export const initialization = fields({
  provisioned: z.boolean().optional().describe('Whether it is there. Omitted: false.'),
})
  .optional()
  .describe('How far making it has come.');
