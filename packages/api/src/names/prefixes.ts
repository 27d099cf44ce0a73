const prefixed =
  <Prefix extends string>(prefix: Prefix) =>
  <Name extends string>(name: Name): `${Prefix}/${Name}` =>
    `${prefix}/${name}`;

/** Names of the groups in which names of labels, annotations and finalizers lie. */
export const [migration, velero, hypershift, clusterApi, godwit] = [
  prefixed('migration.openshift.io'),
  prefixed('velero.io'),
  prefixed('hypershift.openshift.io'),
  prefixed('cluster.x-k8s.io'),
  prefixed('godwit.io'),
] as const;
