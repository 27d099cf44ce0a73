import { join } from 'node:path';
import { accessRules } from '../addons/access.ts';
import type { Manifest } from '../addons/apply.ts';
import type { NodeState } from '../sets/state.ts';

/** Whom the load balancer says it is. */
export const LOAD_BALANCER_USER = 'godwit-dev:load-balancer';

/** The command line of the load balancer of a cluster; it belongs into the node's network namespace. */
export const loadBalancerArguments = (folder: string, { loadBalancerRange: [first, last] }: NodeState): string[] => [
  process.execPath,
  join(import.meta.dirname, 'main.ts'),
  join(folder, 'kubeconfigs/load-balancer'),
  first,
  last,
];

/** What the load balancer may do: read services, and write their status. */
export const loadBalancerManifests: readonly Manifest[] = accessRules(LOAD_BALANCER_USER, [
  { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['services/status'], verbs: ['patch', 'update'] },
]);
