import type { Check } from '../../shared/check.ts';
import { critical, warn } from '../../shared/claim.ts';
import type { PlanFacts } from '../facts.ts';

type PlanCheck = Check<PlanFacts>;

const invalidList: PlanCheck = {
  name: 'kinds that the source does not serve',
  types: ['InvalidResourceList'],
  judge: ({ plan, clusters }) => {
    if (clusters === undefined) return undefined;
    const unknown = (plan.spec.includedResources ?? [])
      .map(({ group, kind }) => `${group}/${kind}`)
      .filter((each) => !clusters.source.servedKinds.has(each));
    return unknown.length === 0
      ? []
      : [
          critical(
            'InvalidResourceList',
            '',
            'The source cluster does not serve []. Correct group and kind in spec.includedResources.',
            unknown,
          ),
        ];
  },
};

const incompatible: PlanCheck = {
  name: 'kinds that the destination does not serve',
  types: ['GVKsIncompatible'],
  judge: ({ clusters }) => {
    const found = clusters?.incompatible;
    if (found === undefined) return undefined;
    const kinds = [
      ...new Set(found.map(({ namespace, group, version, kind }) => `${kind}.${version}.${group === '' ? 'core' : group} in ${namespace}`)),
    ];
    const message =
      'The destination does not serve the kind and version of objects to migrate: []. They are left out, see status.incompatibleNamespaces; install what serves them there to take them along.';
    return kinds.length === 0 ? [] : [warn('GVKsIncompatible', '', message, kinds)];
  },
};

const operatorVersions: PlanCheck = {
  name: 'operators of different versions',
  types: ['ClusterVersionMismatch'],
  judge: ({ source, destination, hostOperatorVersion }) => {
    const versions = [source, destination].map((each) => (each.state === 'found' ? each.object.status?.operatorVersion : undefined));
    const different = new Set([...versions, hostOperatorVersion].filter((version) => version !== undefined && version !== ''));
    return different.size <= 1
      ? []
      : [
          warn(
            'ClusterVersionMismatch',
            'Conflict',
            `The operator has versions ${[...different].join(', ')} on the clusters. Bring them all to the same version.`,
          ),
        ];
  },
};

/** The kinds to migrate, on both clusters, and the operators there. */
export const kindChecks: readonly PlanCheck[] = [invalidList, incompatible, operatorVersions];
