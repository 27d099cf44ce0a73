import { z } from 'zod';
import { fields, strings, time } from '../schema.ts';

const location = fields({
  bucket: z.string().describe('The bucket. Required.'),
  key: z.string().describe('Name of the object in the bucket. Required.'),
  region: z.string().optional().describe('Region of the bucket.'),
  endpoint: z.string().optional().describe('Address of the store. Omitted: AWS.'),
  versionID: z.string().optional().describe('Version of the object, where the bucket keeps versions.'),
});

const source = fields({
  namespace: z.string().describe('Namespace of the HostedCluster. Required.'),
  name: z.string().describe('Name of the HostedCluster. Required.'),
  uid: z.string().describe('UID of the HostedCluster. Required.'),
  infraID: z.string().describe('Its infraID. Required.'),
  clusterID: z.string().describe('Its clusterID. Required.'),
  releaseImage: z.string().describe('Its release. Required.'),
});

/** Everything that is known of a snapshot of etcd, so that it can be told from every other one. */
export const snapshotFields = {
  location: location.describe('Where the snapshot lies. Required.'),
  size: z.int().min(0).describe('Its bytes. Required.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of its bytes, in hex. Required.'),
  // etcd counts in 64 bits, JSON numbers do not: these three are text.
  revision: z.string().describe('Revision of etcd that it holds. Required.'),
  hash: z.string().describe('Hash that etcd gives of its content. Required.'),
  keyCount: z.int().min(0).describe('How many keys it holds, all revisions counted. Required.'),
  etcdClusterID: z.string().describe('Identity of the etcd cluster, in hex. Required.'),
  members: strings().describe('Names of the members of etcd. Required.'),
  etcdVersion: z.string().optional().describe('Version of etcd that took it.'),
  taken: time().describe('When it was taken. Required.'),
  hostedCluster: source.describe('The hosted cluster whose objects it holds. Required.'),
  keyFingerprint: z.string().optional().describe('Fingerprint of the key that Secrets in it are encrypted with. Omitted: they are not.'),
};
