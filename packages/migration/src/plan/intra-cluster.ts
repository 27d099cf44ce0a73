import type { MigCluster } from '@godwit/api';

const hostOf = ({ spec }: MigCluster): string => (spec.url && URL.canParse(spec.url) ? new URL(spec.url).host : '');

/** Whether two MigClusters have the same address; the host cluster has none. */
export const haveSameAddress = (one: MigCluster, other: MigCluster): boolean => hostOf(one) === hostOf(other);
