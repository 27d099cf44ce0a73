import type { MigPlan } from '@godwit/api';
import type { Check } from '../../shared/check.ts';
import { critical, error, warn } from '../../shared/claim.ts';
import type { PlanFacts } from '../facts.ts';

type PlanCheck = Check<PlanFacts>;

const sameReference = (a: { namespace?: string | undefined; name?: string | undefined } | undefined, b: typeof a): boolean =>
  a?.name !== undefined && a.name === b?.name && a.namespace === b.namespace;

const sharesCluster = (one: MigPlan, other: MigPlan): boolean =>
  [one.spec.srcMigClusterRef, one.spec.destMigClusterRef].some(
    (mine) => sameReference(mine, other.spec.srcMigClusterRef) || sameReference(mine, other.spec.destMigClusterRef),
  );

/** Whether two plans want the same namespace entry on a common cluster. */
const plansConflict = (one: MigPlan, other: MigPlan): boolean =>
  sharesCluster(one, other) && (one.spec.namespaces ?? []).some((entry) => (other.spec.namespaces ?? []).includes(entry));

const planConflict: PlanCheck = {
  name: 'another open plan for the same namespaces',
  types: ['PlanConflict'],
  judge: ({ plan, others }) => {
    const names = others.filter((other) => plansConflict(plan, other)).map(({ metadata }) => metadata.name ?? '');
    return names.length === 0
      ? []
      : [
          error(
            'PlanConflict',
            'Conflict',
            'The plan is in conflict with plans []: they share a cluster and a namespace. Close or delete one of them.',
            names,
          ),
        ];
  },
};

const MAX_LISTED = 10;

const listed = (names: readonly string[]): string[] =>
  names.length <= MAX_LISTED ? [...names] : [...names.slice(0, MAX_LISTED), `${names.length - MAX_LISTED} more`];

const notEmpty: PlanCheck = {
  name: 'destination namespaces with other content',
  types: ['NamespaceNotEmptyOnDestinationCluster'],
  judge: ({ clusters }) => {
    if (clusters === undefined) return undefined;
    const { foreign } = clusters.destination;
    const clashes = foreign.filter(({ clash }) => clash).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
    if (clashes.length > 0) {
      const message =
        'The destination has other objects under the names of objects to migrate: []. Delete or rename them, or map the namespace to a name that is free (source:target).';
      return [critical('NamespaceNotEmptyOnDestinationCluster', 'Conflict', message, listed(clashes))];
    }
    const names = [...new Set(foreign.map(({ namespace }) => namespace))];
    return names.length === 0
      ? []
      : [
          warn(
            'NamespaceNotEmptyOnDestinationCluster',
            'NotEmpty',
            'Namespaces [] hold other objects on the destination; they stay and will run beside what is migrated.',
            names,
          ),
        ];
  },
};

/** Who else is in the namespaces of a plan: other plans, and other objects on the destination. */
export const conflictChecks: readonly PlanCheck[] = [planConflict, notEmpty];
