import type { KubeObject, Resource } from '@godwit/kube';
import { isApiError } from '@godwit/kube';
import { commandLine } from './copyable.ts';
import { Failure } from './failure.ts';
import { nameOf } from './grammar/normalise.ts';
import { calledOf } from './grammar/nouns.ts';
import type { Invocation } from './invocation.ts';

const MIGRATIONS = 'migration.openshift.io';
const UPGRADES = 'lca.openshift.io';

const whereElse = ({ calledAs }: Invocation, group: string): string => {
  if (group === MIGRATIONS)
    return `the command with --context of the cluster that holds the plans, or ${calledAs} migrate, which installs it`;
  if (group === UPGRADES) return 'the command with --context of a single-node cluster whose agent runs; the agent installs it';
  return 'the command with --context of a management cluster, or kubectl apply --server-side -f deploy/crds';
};

const notInstalled = (invocation: Invocation, { kind, group }: Resource): Failure =>
  new Failure(`${kind} is not known to the cluster`, {
    reason: 'NotInstalled',
    why: 'its CustomResourceDefinition is missing',
    next: whereElse(invocation, group),
  });

/** Objects of a kind in the namespace, or in all; a cluster without the definition is told from one without objects. */
export const listed = async <T extends KubeObject>(invocation: Invocation, resource: Resource<T>): Promise<T[]> => {
  const { globals, namespace } = invocation;
  try {
    return (await invocation.client().list(resource, globals.allNamespaces ? {} : { namespace })).items;
  } catch (error) {
    if (isApiError(error) && error.status === 404) throw notInstalled(invocation, resource);
    throw error;
  }
};

/** One object by its name, which may be written `noun/name`; refuses when it is absent. */
export const found = async <T extends KubeObject>(
  invocation: Invocation,
  noun: string,
  resource: Resource<T>,
  text: string,
): Promise<T> => {
  const name = nameOf(noun, text);
  const object = await invocation.client().get(resource, { namespace: invocation.namespace, name });
  if (object !== undefined) return object;
  throw new Failure(`there is no ${calledOf(noun)} "${name}"`, {
    reason: 'NotFound',
    why:
      resource.scope === 'Cluster'
        ? `the cluster has no ${resource.kind} of that name`
        : `namespace ${invocation.namespace} has no ${resource.kind} of that name`,
    next: commandLine(invocation, `${noun} get`),
  });
};
