import { type Client, isApiError, type KubeObject, type ServedResource } from '@godwit/kube';
import { labelValue, NAMES } from '../names.ts';
import { alteredPaths } from './altered.ts';
import { causeOf, remedyOf } from './causes.ts';
import { judgeExisting } from './existing.ts';
import type { Limiter } from './limiter.ts';
import type { Cause, Outcome } from './outcome.ts';

const FIELD_MANAGER = 'godwit-restore';

/** What writing an item needs. */
export type Target = {
  client: Client;
  limiter: Limiter;
  restoreName: string;
  policy: string | undefined;
};

type Identity = Pick<Outcome, 'resource' | 'namespace' | 'name' | 'kind' | 'apiVersion'>;

/** An outcome with a cause, its message and its remedy. */
export const troubled = (identity: Identity, action: 'skipped' | 'failed', cause: Cause, message: string): Outcome => ({
  ...identity,
  action,
  cause,
  message,
  remedy: remedyOf(cause),
  ...(action === 'skipped' && cause !== 'LeftOut' && { warning: true }),
});

/** What the API server stored, compared with what was sent: the restore reports a difference and repairs nothing. */
const created = (identity: Identity, sent: KubeObject, stored: KubeObject): Outcome => {
  const altered = alteredPaths(sent, stored);
  const outcome: Outcome = { ...identity, action: 'created', ...uidOf(stored) };
  if (altered.length === 0) return outcome;
  const message = `stored otherwise than in the backup: ${altered.slice(0, 5).join(', ')}`;
  return { ...outcome, altered, cause: 'Altered', message, remedy: remedyOf('Altered'), warning: true };
};

const uidOf = ({ metadata }: KubeObject) => (metadata.uid === undefined ? {} : { uid: metadata.uid });

const settleExisting = async (
  target: Target,
  resource: ServedResource,
  live: KubeObject,
  desired: KubeObject,
  identity: Identity,
): Promise<Outcome> => {
  if (live.metadata.labels?.[NAMES.restoreName] === labelValue(target.restoreName))
    return { ...identity, action: 'created', ...uidOf(live) };
  const verdict = judgeExisting(identity.resource, live, desired, target.policy);
  const name = { namespace: live.metadata.namespace, name: identity.name };
  const patch = (body: unknown) =>
    target.limiter.run(() => target.client.patch(resource, name, body, { type: 'merge', fieldManager: FIELD_MANAGER }));
  if (verdict.do === 'nothing') return { ...identity, action: 'skipped' };
  if (verdict.do === 'warn')
    return troubled(identity, 'skipped', 'ExistsAndDiffers', 'an object of this name exists and differs from the backup');
  if (verdict.do !== 'update') {
    await patch(verdict.do === 'merge' ? verdict.patch : verdict.labels);
    return { ...identity, action: 'updated' };
  }
  try {
    await patch(verdict.patch);
    return { ...identity, action: 'updated' };
  } catch (error) {
    await patch(verdict.labels);
    return troubled(identity, 'skipped', causeOf(error), `it exists and could not be updated: ${(error as Error).message}`);
  }
};

const isNodePortTaken = (error: unknown, resource: string): boolean =>
  resource === 'services' && isApiError(error, 'Invalid') && /provided port is already allocated/.test(error.message);

/** Creates an object; where one of that name exists, does what the policy says. One request in the ordinary case. */
export const restoreItem = async (target: Target, resource: ServedResource, desired: KubeObject, identity: Identity): Promise<Outcome> => {
  const name = { namespace: desired.metadata.namespace, name: identity.name };
  try {
    return created(
      identity,
      desired,
      await target.limiter.run(() => target.client.create(resource, desired, { fieldManager: FIELD_MANAGER })),
    );
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists') && !isNodePortTaken(error, identity.resource)) throw error;
    const live = await target.limiter.run(() => target.client.get(resource, name));
    if (live) return settleExisting(target, resource, live, desired, identity);
    if (!isApiError(error, 'AlreadyExists')) throw error;
    // It went away meanwhile.
    return created(
      identity,
      desired,
      await target.limiter.run(() => target.client.create(resource, desired, { fieldManager: FIELD_MANAGER })),
    );
  }
};
