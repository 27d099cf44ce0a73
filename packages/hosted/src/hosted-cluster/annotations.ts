import { annotationPrefixes, annotations } from '@godwit/api';
import { HOLD } from '../hold.ts';

/** Marks a Secret or ConfigMap that the configuration of a HostedCluster refers to. */
export const referencedBy = (cluster: string): string => `${annotationPrefixes.referencedResource}${cluster}`;

/** Who owns the fields that this controller writes. */
export const FIELD_MANAGER = 'godwit-hosted-cluster';

const MIRRORED = /^(hypershift\.openshift\.io|[a-z-]+\.hypershift\.openshift\.io|godwit\.io)\//;
const NEVER: readonly string[] = [
  annotations.fence,
  annotations.hostedClusterMigration,
  annotations.moveClaim,
  annotations.hostedCluster,
  annotations.defaultSecurityContextUid,
  HOLD, // a move writes it on both: from here it could come back after the move has let go
];

/** The annotations of a HostedCluster that its control plane has to know, too. */
export const mirrored = (all: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => MIRRORED.test(key) && !NEVER.includes(key)));
