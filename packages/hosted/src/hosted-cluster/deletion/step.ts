import type { Effect } from '@godwit/controller';
import type { KubeObject } from '@godwit/kube';
import type { World } from '../../world.ts';
import type { Facts } from '../facts.ts';

/** What a deletion step may touch. */
export type Scope = Facts & { world: World };

/** What a step waits for; the reason is one of condition HostedClusterDeleting. */
export type Waiting = { reason: string; message: string; seconds?: number };

/** What a step finds: effects that take it further, and what has to be waited for before the next step. */
export type Found = { effects: readonly Effect[]; waiting?: Waiting };

/** One step of taking a HostedCluster down; done when it has nothing to wait for. */
export type Step = { name: string; find: (scope: Scope) => Promise<Found> };

const MOST_NAMES = 3;

const told = ({ kind, metadata: { namespace, name, finalizers = [] } }: KubeObject): string =>
  `${kind} ${namespace ? `${namespace}/` : ''}${name}${finalizers.length === 0 ? '' : ` (finalizers ${finalizers.join(', ')})`}`;

/** Says what is waited for, with who keeps it: `Waiting for NodePool clusters/workers (finalizers …) to go`. */
export const waitingFor = (reason: string, objects: readonly KubeObject[]): Waiting => {
  const more = objects.length > MOST_NAMES ? ` and ${objects.length - MOST_NAMES} more` : '';
  return { reason, message: `Waiting for ${objects.slice(0, MOST_NAMES).map(told).join(', ')}${more} to go` };
};
