import type { MigCluster } from '@godwit/api';
import { readiness } from './condition-facts.ts';
import { conditionSection, describeLines } from './describe.ts';

/** A cluster as text; never its token. */
export const clusterLines = (cluster: MigCluster): string[] => {
  const { spec, status } = cluster;
  const secret = spec.serviceAccountSecretRef;
  return describeLines(
    cluster,
    [
      ['Ready', readiness(cluster)],
      ['Host', String(spec.isHostCluster)],
      ['URL', spec.url],
      ['Token in Secret', secret === undefined ? undefined : `${secret.namespace}/${secret.name}`],
      [
        'Certificate',
        spec.insecure ? 'not checked' : spec.caBundle ? 'checked against caBundle' : 'checked against the authorities of the system',
      ],
      ['Registry', status?.registryPath],
      ['Operator version', status?.operatorVersion],
    ],
    [conditionSection(status?.conditions ?? [])],
  );
};
