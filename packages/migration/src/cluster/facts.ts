import type { MigCluster } from '@godwit/api';

/** What the secret of a MigCluster holds. */
export type TokenFacts = { found: boolean; token?: string | undefined };

/** How a real request to the API server ended; `certificate` tells faults of trust from faults of reach. */
export type ConnectionFacts = { reached: true; version: string } | { reached: false; certificate: boolean; expired: boolean; why: string };

/** How a request to the exposed registry ended; undefined when no registry is exposed. */
type RegistryFacts = { answered: boolean; why: string } | undefined;

/** Versions of the operator here and on the cluster; undefined where no ConfigMap names one. */
type OperatorFacts = { here: string | undefined; there: string | undefined };

/** Everything that the checks of a MigCluster judge. Facts that could not be read, because an earlier step failed, are absent. */
export type ClusterFacts = {
  cluster: MigCluster;
  secret?: TokenFacts | undefined;
  connection?: ConnectionFacts | undefined;
  /** API groups of which the token may not do everything. */
  missingRights?: readonly string[] | undefined;
  registry?: RegistryFacts;
  operator?: OperatorFacts | undefined;
};
