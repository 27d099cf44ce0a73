import type { KubeObject } from '@godwit/kube';
import { type Json, omit, part, withSpec } from './edit.ts';
import type { ItemRule } from './rule.ts';

const GENERATED = ['controller-uid', 'batch.kubernetes.io/controller-uid'];

const withoutGenerated = (parent: Json): Json =>
  parent.labels === undefined ? parent : { ...parent, labels: omit(part(parent, 'labels'), ...GENERATED) };

const cleaned = (spec: Json): Json => {
  const selector = part(spec, 'selector');
  const template = part(spec, 'template');
  return {
    ...spec,
    ...(selector.matchLabels !== undefined && {
      selector: { ...selector, matchLabels: omit(part(selector, 'matchLabels'), ...GENERATED) },
    }),
    ...(template.metadata !== undefined && { template: { ...template, metadata: withoutGenerated(part(template, 'metadata')) } }),
  };
};

const hasCompleted = (object: KubeObject): boolean => Boolean(part(object, 'status').completionTime);

/** Leaves out completed jobs and removes the generated selector of the others, which the server makes anew. */
export const jobRule: ItemRule = {
  name: 'job',
  on: ['jobs.batch'],
  apply: (object) => (hasCompleted(object) ? { skip: 'the job had completed' } : { keep: withSpec(object, cleaned) }),
};
