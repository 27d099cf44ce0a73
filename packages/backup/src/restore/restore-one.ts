import type { KubeObject, ServedResource } from '@godwit/kube';
import { GR } from '../group-resource.ts';
import { applyRules } from '../items/rules.ts';
import { restoresStatus } from '../select/restore-status.ts';
import { causeOf } from './causes.ts';
import type { Outcome } from './outcome.ts';
import type { PlanItem } from './plan.ts';
import { restoreItem, troubled } from './restore-item.ts';
import { restoreNamespace } from './restore-namespace.ts';
import { type RestoreRun, servedFor } from './restore-run.ts';

/** Filters judged where the object lies, so what it says of itself must not lead anywhere else. */
class MisplacedError extends Error {
  override readonly name = 'MisplacedError';
}

const told = (namespace: string, name: string): string => (namespace === '' ? name : `${namespace}/${name}`);

const objectOf = async (run: RestoreRun, { item, resource, namespace, name }: PlanItem): Promise<KubeObject> => {
  if (!item) return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  const object = await run.archive.read(item);
  const { metadata = {} } = object as Partial<KubeObject>;
  const [place, itself] = [told(namespace, name), told(metadata.namespace ?? '', metadata.name ?? '')];
  if (place === itself) return object;
  throw new MisplacedError(`an object that calls itself ${itself} lies in the archive as ${resource} ${place}`);
};

const withStatus = async (run: RestoreRun, resource: ServedResource, original: KubeObject, outcome: Outcome): Promise<Outcome> => {
  const { status } = original as KubeObject & { status?: unknown };
  if (
    status === undefined ||
    outcome.action === 'skipped' ||
    !restoresStatus(original, outcome.resource, run.restore.spec.restoreStatus, run.served)
  )
    return outcome;
  const name = { namespace: outcome.namespace || undefined, name: outcome.name };
  await run.target.limiter.run(() => run.target.client.patch(resource, name, { status }, { type: 'merge', subresource: 'status' }));
  return outcome;
};

const write = async (run: RestoreRun, plan: PlanItem, original: KubeObject, desired: KubeObject): Promise<Outcome> => {
  const { namespace = '', name = '' } = desired.metadata;
  const identity = { resource: plan.resource, namespace, name, kind: original.kind, apiVersion: original.apiVersion };
  const resource = servedFor(run, plan.resource, original.apiVersion);
  if (!resource)
    return troubled(identity, 'failed', 'NoSuchKind', `the target cluster does not serve ${original.apiVersion} ${original.kind}`);
  if (plan.resource === GR.namespaces) return restoreNamespace(run, resource, desired, identity);
  return withStatus(run, resource, original, await restoreItem(run.target, resource, desired, identity));
};

/** Restores one item and says what became of it; only a canceled run throws. */
export const restoreOne = async (run: RestoreRun, plan: PlanItem): Promise<Outcome> => {
  const namespace = plan.namespace === '' ? '' : run.facts.mapNamespace(plan.namespace);
  const identity = { resource: plan.resource, namespace, name: plan.name };
  try {
    run.signal?.throwIfAborted();
    const original = await objectOf(run, plan);
    const outcome = applyRules(original, { ...run.facts, resource: plan.resource });
    if ('skip' in outcome)
      return troubled({ ...identity, kind: original.kind, apiVersion: original.apiVersion }, 'skipped', 'LeftOut', outcome.skip);
    return await write(run, plan, original, outcome.keep);
  } catch (error) {
    run.signal?.throwIfAborted();
    const what = error instanceof SyntaxError ? `error decoding ${plan.resource} ${plan.name}: ${error.message}` : (error as Error).message;
    return troubled(identity, 'failed', error instanceof MisplacedError ? 'Undecodable' : causeOf(error), what);
  }
};
