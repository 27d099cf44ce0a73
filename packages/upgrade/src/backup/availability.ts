import { OADP_NAMESPACE } from '@godwit/api';
import { type Client, isApiError, type KubeObject, resource, type ServedResource } from '@godwit/kube';

const ClusterServiceVersion = resource('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', 'clusterserviceversions');
const DataProtectionApplication = resource('oadp.openshift.io/v1alpha1', 'DataProtectionApplication', 'dataprotectionapplications');

/** What says whether a cluster can back up; undefined: it does not serve that kind of object. */
export type OadpFacts = {
  readonly servesBackups: boolean;
  readonly servesOadp: boolean;
  readonly operators: readonly string[] | undefined;
  readonly applications: number | undefined;
};

const isServed = (served: readonly ServedResource[], group: string, plural: string): boolean =>
  served.some((each) => each.group === group && each.plural === plural);

const namesOf = async (cluster: Client, kind: typeof ClusterServiceVersion): Promise<string[] | undefined> => {
  try {
    const { items } = await cluster.list<KubeObject>(kind, { namespace: OADP_NAMESPACE });
    return items.map(({ metadata }) => metadata.name ?? '');
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined;
    throw error;
  }
};

/** Looks whether a cluster can back up. */
export const readOadpFacts = async (cluster: Client): Promise<OadpFacts> => {
  const served = await cluster.discover({ fresh: true });
  const [operators, applications] = await Promise.all([
    namesOf(cluster, ClusterServiceVersion),
    namesOf(cluster, DataProtectionApplication),
  ]);
  return {
    servesBackups: isServed(served, 'velero.io', 'backups') && isServed(served, 'velero.io', 'restores'),
    servesOadp: served.some(({ group }) => group.endsWith('oadp.openshift.io')),
    operators,
    applications: applications?.length,
  };
};

const NO_OPERATOR = `Please ensure OADP operator is installed in the ${OADP_NAMESPACE}`;

/**
 * Why nothing can be backed up here, in upstream's words; undefined: it can. Where operators are not managed by OpenShift, whoever serves the
 * kinds of velero.io will do (D-I6).
 */
export const oadpProblem = ({ servesBackups, servesOadp, operators, applications }: OadpFacts): string | undefined => {
  if (!servesBackups) return NO_OPERATOR;
  if (operators !== undefined && !(servesOadp && operators.some((name) => name.includes('oadp-operator')))) return NO_OPERATOR;
  if (applications === 0) return `No DataProtectionApplication CR found in the ${OADP_NAMESPACE}`;
  if (applications !== undefined && applications > 1) return `Only one DataProtectionApplication CR is allowed in the ${OADP_NAMESPACE},`;
  return undefined;
};
