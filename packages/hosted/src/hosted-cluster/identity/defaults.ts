import type { HostedCluster } from '@godwit/api';
import { newInfraId } from './infra-id.ts';

/** Makes identities; random. */
export type IdentitySource = { randomName: (length: number) => string; randomUuid: () => string };

/** What a cluster must have before its control plane is made and does not have yet; each is made on its own, given ones are kept (T81). Pure but for chance. */
export const missingIdentity = (
  { metadata: { name = '' }, spec: { clusterID, infraID } }: HostedCluster,
  { randomName, randomUuid }: IdentitySource,
): { clusterID?: string; infraID?: string } => ({
  ...(clusterID ? {} : { clusterID: randomUuid() }),
  ...(infraID ? {} : { infraID: newInfraId(name, randomName) }),
});

const ISSUER_URL = 'https://kubernetes.default.svc';

/** What a stored object may lack that was written before its definition had defaults. Pure. */
export const missingDefaults = ({ spec: { issuerURL } }: { spec: { issuerURL?: string | undefined } }): { issuerURL?: string } =>
  issuerURL ? {} : { issuerURL: ISSUER_URL };
