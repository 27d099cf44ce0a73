import { awsDown, awsUp, roleFromSecret, secretOfRole } from './aws.ts';
import { configurationDown, configurationUp } from './configuration.ts';
import { changing, type Json, listOf, without } from './json.ts';

const inAws = (spec: Json, change: (aws: Json) => Json): Json =>
  changing(spec, 'platform', (platform) => changing(platform, 'aws', change));

const inKmsAuth = (spec: Json, change: (auth: Json) => Json): Json =>
  changing(spec, 'secretEncryption', (encryption) =>
    changing(encryption, 'kms', (kms) => changing(kms, 'aws', (aws) => changing(aws, 'auth', change))),
  );

const authUp = (auth: Json): Json => {
  const awsKms = roleFromSecret(auth.credentials);
  return awsKms === undefined ? auth : { ...without(auth, 'credentials'), awsKms };
};

const authDown = (auth: Json): Json => {
  const credentials = secretOfRole(auth.awsKms);
  return credentials === undefined ? auth : { ...without(auth, 'awsKms'), credentials };
};

/** One URL restores all members; the others of an old list are kept beside. */
const firstUrl = (spec: Json): Json =>
  changing(spec, 'etcd', (etcd) =>
    changing(etcd, 'managed', (managed) =>
      changing(managed, 'storage', (storage) =>
        listOf(storage.restoreSnapshotURL).length > 1
          ? { ...storage, restoreSnapshotURL: listOf(storage.restoreSnapshotURL).slice(0, 1) }
          : storage,
      ),
    ),
  );

/** What HostedCluster and HostedControlPlane say alike, on the way to v1beta1. */
export const commonUp = (spec: Json): Json => firstUrl(inKmsAuth(inAws(changing(spec, 'configuration', configurationUp), awsUp), authUp));

/** What HostedCluster and HostedControlPlane say alike, on the way to v1alpha1. */
export const commonDown = (spec: Json): Json => inKmsAuth(inAws(changing(spec, 'configuration', configurationDown), awsDown), authDown);

/** Paths of both kinds that are about one thing each. */
export const COMMON_TOGETHER = [[['spec', 'configuration']], [['spec', 'platform', 'aws']], [['spec', 'secretEncryption']]];
