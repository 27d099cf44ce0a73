import type { StoreEntry } from './etcd-store.ts';

/** By which names the cluster that a store was copied from knows its node: host names and addresses. */
export type SeedNames = readonly string[];

/** Everything below these keys speaks of the node, the processes or the moment of one cluster; whoever needs it makes it anew. */
const OF_ONE_CLUSTER: readonly string[] = [
  'minions/',
  'csinodes/',
  'leases/',
  'masterleases/',
  'certificatesigningrequests/',
  'volumeattachments/',
  'csistoragecapacities/',
  'events/',
  'services/endpoints/default/kubernetes',
  'endpointslices/default/kubernetes',
  'configmaps/kube-system/cluster-identity',
  // holds the authorities that clients of the API server are trusted by
  'configmaps/kube-system/extension-apiserver-authentication',
  'lca.openshift.io/imagebasedupgrades/',
  'lca.openshift.io/seedgenerators/',
  'godwit.io/imagebasedupgradereports/',
  // where the seed backs up, and what it has backed up and restored; the cluster carries its own, or finds it in its storage
  'velero.io/',
];

/** Objects that belong to the seed where they name its node; controllers make others in their place. */
const WHERE_NAMED: readonly string[] = ['pods/', 'services/endpoints/', 'endpointslices/'];

/** The certificate of the authority, in every namespace. */
const AUTHORITY = /^configmaps\/[^/]+\/kube-root-ca\.crt$/;

/** Whether a stored object holds a text as a value of its own: a string of just this length in protobuf, or a quoted one in JSON. */
export const holdsText = (value: Buffer, text: string): boolean => {
  const bytes = Buffer.from(text);
  return bytes.length < 128 && (value.includes(Buffer.concat([Buffer.from([bytes.length]), bytes])) || value.includes(`"${text}"`));
};

/** Whether an entry belongs to the cluster that the store was copied from, and must not be found by the one that takes the copy over. */
export const belongsToSeed = ({ key, value }: StoreEntry, names: SeedNames): boolean => {
  if (OF_ONE_CLUSTER.some((start) => key.startsWith(start)) || AUTHORITY.test(key)) return true;
  return WHERE_NAMED.some((start) => key.startsWith(start)) && names.some((name) => holdsText(value, name));
};

/** The kind of thing that a key holds, as a summary counts it. */
export const resourceOf = (key: string): string => {
  const [first = '', second = ''] = key.split('/');
  return first.includes('.') || first === 'services' ? `${first}/${second}` : first;
};

/** The names under which the keys of a store know its cluster's node. */
export const namesInKeys = (keys: readonly string[]): string[] => {
  const after = (start: string): string[] => keys.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  return [...new Set([...after('minions/'), ...after('csinodes/'), ...after('masterleases/')])];
};
