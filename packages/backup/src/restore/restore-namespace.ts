import { isApiError, type KubeObject, type ServedResource } from '@godwit/kube';
import type { Outcome } from './outcome.ts';
import { type Target, troubled } from './restore-item.ts';
import type { RestoreRun } from './restore-run.ts';

const PATIENCE_SECONDS = 600;
const POLL_SECONDS = 1;

type Identity = Pick<Outcome, 'resource' | 'namespace' | 'name' | 'kind' | 'apiVersion'>;

const tryCreate = async ({ client, limiter }: Target, resource: ServedResource, desired: KubeObject): Promise<KubeObject | undefined> => {
  try {
    return await limiter.run(() => client.create(resource, desired, { fieldManager: 'godwit-restore' }));
  } catch (error) {
    if (isApiError(error, 'AlreadyExists')) return undefined;
    throw error;
  }
};

/** Makes sure that a namespace exists; one that is being deleted is waited for, up to ten minutes. */
export const restoreNamespace = async (
  run: RestoreRun,
  resource: ServedResource,
  desired: KubeObject,
  identity: Identity,
): Promise<Outcome> => {
  const until = run.clock.now().getTime() + PATIENCE_SECONDS * 1000;
  for (;;) {
    run.signal?.throwIfAborted();
    const created = await tryCreate(run.target, resource, desired);
    if (created) return { ...identity, action: 'created', ...(created.metadata.uid && { uid: created.metadata.uid }) };
    const live = await run.target.limiter.run(() => run.target.client.get(resource, { name: identity.name }));
    if (live && !live.metadata.deletionTimestamp) {
      const ours = live.metadata.labels?.['velero.io/restore-name'] === desired.metadata.labels?.['velero.io/restore-name'];
      return ours
        ? { ...identity, action: 'created', ...(live.metadata.uid && { uid: live.metadata.uid }) }
        : { ...identity, action: 'skipped' };
    }
    if (run.clock.now().getTime() > until)
      return troubled(identity, 'failed', 'NamespaceTerminating', `namespace ${identity.name} is still being deleted`);
    await run.clock.sleep(POLL_SECONDS, run.signal);
  }
};
