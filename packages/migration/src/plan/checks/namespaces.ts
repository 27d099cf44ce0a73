import type { Check } from '../../shared/check.ts';
import { critical, warn } from '../../shared/claim.ts';
import { namespacePairs, sourceNamespaces, targetNamespaces } from '../../shared/namespace-pairs.ts';
import type { PlanFacts } from '../facts.ts';

type PlanCheck = Check<PlanFacts>;

const LONGEST_WITH_ROUTE = 59;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SCC_ANNOTATIONS = ['openshift.io/sa.scc.uid-range', 'openshift.io/sa.scc.supplemental-groups', 'openshift.io/sa.scc.mcs'];

const repeated = (names: readonly string[]): string[] => [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];

const listEmpty: PlanCheck = {
  name: 'empty list of namespaces',
  types: ['NamespaceListEmpty'],
  judge: ({ plan }) =>
    (plan.spec.namespaces ?? []).length > 0
      ? []
      : [
          critical(
            'NamespaceListEmpty',
            'NotFound',
            'The `namespaces` list may not be empty. Name the namespaces to migrate in spec.namespaces.',
          ),
        ],
};

const tooMany: PlanCheck = {
  name: 'more namespaces than the limit',
  types: ['NamespaceLimitExceeded'],
  judge: ({ plan, settings }) => {
    const count = (plan.spec.namespaces ?? []).length;
    const message = `The plan has ${count} namespaces, the limit is ${settings.namespaceLimit}. Split the plan, or raise mig_namespace_limit.`;
    return count <= settings.namespaceLimit ? [] : [critical('NamespaceLimitExceeded', 'LimitExceeded', message)];
  },
};

const tooLong: PlanCheck = {
  name: 'destination names too long for a route',
  types: ['NamespaceLengthExceeded'],
  judge: ({ plan, clusters }) => {
    if (clusters === undefined) return undefined;
    const long = targetNamespaces(plan).filter((name) => name.length > LONGEST_WITH_ROUTE);
    if (long.length === 0 || plan.spec.indirectVolumeMigration === true || clusters.destination.clusterSubdomain) return [];
    return [
      warn(
        'NamespaceLengthExceeded',
        'LengthExceeded',
        'Namespaces [] exceed 59 characters, which a route host may not hold. Set CLUSTER_SUBDOMAIN in migration-cluster-config of the destination.',
        long,
      ),
    ];
  },
};

const conflictingPermissions: PlanCheck = {
  name: 'destination namespaces with other security ranges',
  types: ['IntraClusterMigration'],
  judge: ({ plan, clusters, intraCluster }) => {
    if (clusters === undefined) return undefined;
    if (!intraCluster) return [];
    const { source, destination } = clusters;
    const differing = namespacePairs(plan).filter((pair) => {
      const from = source.existing.find(({ name }) => name === pair.source);
      const to = destination.existing.find(({ name }) => name === pair.target);
      return from !== undefined && to !== undefined && SCC_ANNOTATIONS.some((key) => from.annotations[key] !== to.annotations[key]);
    });
    const names = differing.map(({ target }) => target);
    return names.length === 0
      ? []
      : [
          warn(
            'IntraClusterMigration',
            'ConflictingPermissions',
            'Namespaces [] exist with other SCC ranges (uid-range, supplemental-groups, mcs) than their sources; migrated files may not be readable there.',
            names,
          ),
        ];
  },
};

const repeatedSource: PlanCheck = {
  name: 'namespaces listed twice',
  types: ['DuplicateNamespaceOnSourceCluster'],
  judge: ({ plan }) => {
    const names = repeated(namespacePairs(plan).map(({ source }) => source));
    return names.length === 0
      ? []
      : [
          critical(
            'DuplicateNamespaceOnSourceCluster',
            'DuplicateNamespaces',
            'Namespaces [] are listed more than once. Keep one entry of each in spec.namespaces.',
            names,
          ),
        ];
  },
};

const missing = (wanted: readonly string[], existing: readonly { name: string }[]): string[] =>
  wanted.filter((each) => !existing.some(({ name }) => name === each));

const sourceMissing: PlanCheck = {
  name: 'namespaces that the source does not have',
  types: ['NamespaceNotFoundOnSourceCluster'],
  judge: ({ plan, clusters }) => {
    if (clusters === undefined) return undefined;
    const names = missing(sourceNamespaces(plan), clusters.source.existing);
    const message = 'Namespaces [] not found on the source cluster. Correct spec.namespaces, or create them.';
    return names.length === 0 ? [] : [critical('NamespaceNotFoundOnSourceCluster', 'NotFound', message, names)];
  },
};

const repeatedDestination: PlanCheck = {
  name: 'two namespaces going to one',
  types: ['DuplicateNamespaceOnDestinationCluster'],
  judge: ({ plan }) => {
    const names = repeated(namespacePairs(plan).map(({ target }) => target));
    return names.length === 0
      ? []
      : [
          critical(
            'DuplicateNamespaceOnDestinationCluster',
            'DuplicateNamespaces',
            'More than one namespace goes to []. Give each a name of its own (source:target).',
            names,
          ),
        ];
  },
};

const notDnsCompliant: PlanCheck = {
  name: 'destination names that are no DNS labels',
  types: ['NamespaceNotDNSCompliant'],
  judge: ({ plan }) => {
    const names = targetNamespaces(plan).filter((name) => !DNS_LABEL.test(name));
    return names.length === 0
      ? []
      : [
          critical(
            'NamespaceNotDNSCompliant',
            'NotDNSCompliant',
            'Names [] are no DNS-1123 labels: lower-case letters, digits and `-`, at most 63. Correct spec.namespaces.',
            names,
          ),
        ];
  },
};

const destinationMissing: PlanCheck = {
  name: 'namespaces that nobody creates on the destination',
  types: ['NamespaceNotFoundOnDestinationCluster'],
  judge: ({ plan, clusters }) => {
    if (clusters === undefined) return undefined;
    if (plan.spec.indirectVolumeMigration !== true) return []; // direct migration creates them
    const names = missing(targetNamespaces(plan), clusters.destination.existing);
    return names.length === 0
      ? []
      : [
          critical(
            'NamespaceNotFoundOnDestinationCluster',
            'NotFound',
            'Namespaces [] not found on the destination cluster. Create them, or set spec.indirectVolumeMigration to false.',
            names,
          ),
        ];
  },
};

/** The list of namespaces: present, of a bearable number, with usable and free names. */
export const namespaceListChecks: readonly PlanCheck[] = [listEmpty, tooMany, tooLong, conflictingPermissions];

/** The namespaces on both clusters. */
export const namespaceChecks: readonly PlanCheck[] = [
  repeatedSource,
  sourceMissing,
  repeatedDestination,
  notDnsCompliant,
  destinationMissing,
];
