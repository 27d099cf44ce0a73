import type { KubeObject, Resource } from '@godwit/kube';
import { chooseEngine } from '../engine/choose-engine.ts';
import { NAMES } from '../names.ts';
import type { Context } from './options.ts';

const DEPLOYMENTS: Resource = { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', scope: 'Namespaced' };
const EMBEDDED = 'embedded';
const FRESH_PHASES = ['', 'New'];

type Run = KubeObject & { status?: { phase?: string } };

/** Whether Velero is the one to work in the namespace of these controllers. */
export const isLeftToVelero = async ({ client, cache, namespace, engine }: Context): Promise<boolean> => {
  const velero = engine === 'auto' ? (await cache(client, DEPLOYMENTS, { namespace })).get({ namespace, name: 'velero' }) : undefined;
  return chooseEngine(engine, velero) === 'velero';
};

/**
 * Makes an object ours before anything else is written to it, guarded by its resourceVersion, and returns it as it is then.
 * Returns undefined for objects that another engine has, or that Velero is to have.
 */
export const claim = async <T extends Run>(
  context: Context,
  resource: Resource<T>,
  object: T,
  finalizers: readonly string[] = [],
): Promise<T | undefined> => {
  const holder = object.metadata.annotations?.[NAMES.engine];
  if (holder !== undefined) return holder === EMBEDDED ? object : undefined;
  if (!FRESH_PHASES.includes(object.status?.phase ?? '') || (await isLeftToVelero(context))) return undefined;
  const { name = '', namespace, resourceVersion } = object.metadata;
  const all = [...new Set([...(object.metadata.finalizers ?? []), ...finalizers])];
  const metadata = { resourceVersion, annotations: { [NAMES.engine]: EMBEDDED }, ...(finalizers.length > 0 && { finalizers: all }) };
  return context.client.patch(resource, { namespace, name }, { metadata }, { type: 'merge' });
};
