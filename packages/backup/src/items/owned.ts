import type { ItemRule } from './rule.ts';

const MADE_BY_CONTROLLERS = [
  'pods',
  'replicasets.apps',
  'replicationcontrollers',
  'controllerrevisions.apps',
  'endpointslices.discovery.k8s.io',
  'endpoints',
  'jobs.batch',
];

/** In a migration, leaves out what controllers on the target make from the restored owners. */
export const ownedRule: ItemRule = {
  name: 'owned',
  on: MADE_BY_CONTROLLERS,
  apply: (object, { migration }) => {
    const owner = migration ? object.metadata.ownerReferences?.[0] : undefined;
    return owner ? { skip: `its owner ${owner.kind} ${owner.name} makes it` } : { keep: object };
  },
};
