import type { Condition } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { blockersOf, holds } from '../printers/condition-facts.ts';
import { firstState, type Waiting } from '../watch-object.ts';

/** An object that the controllers judge: asked with `spec.refresh`, answered with conditions. */
export type Judged = KubeObject & {
  spec: { refresh?: boolean | undefined };
  status?: { conditions?: Condition[] | undefined; observedGeneration?: number | undefined } | undefined;
};

/** Whether the conditions speak of the object as it is now. */
export const isJudged = ({ metadata, spec, status }: Judged): boolean =>
  spec.refresh !== true && (status?.observedGeneration ?? 0) >= (metadata.generation ?? 1);

/** Blockers that only say that another object is being looked at; they pass by themselves. */
const isPassing = ({ reason }: Condition): boolean => reason === 'NotReady';

/** Whether it is ready, or will not become so by itself. */
export const isSettled = (object: Judged): boolean => {
  if (!isJudged(object)) return false;
  const blockers = blockersOf(object);
  return holds(object, 'Ready') || (blockers.length > 0 && !blockers.every(isPassing));
};

/** Asks the controllers to look again, and resolves with their judgement. */
export const judgedAgain = async <T extends Judged>(client: Client, resource: Resource<T>, object: T, waiting: Waiting): Promise<T> => {
  const { namespace, name = '' } = object.metadata;
  await client.patch(resource, { namespace, name }, { spec: { refresh: true } }, { fieldManager: 'godwit-cli' });
  return firstState(client, resource, { namespace, name }, isSettled, waiting);
};
