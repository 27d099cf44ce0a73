import { z } from 'zod';
import { checked, immutable } from '../rules.ts';
import { anyFields, fields, quantity, wholeList } from '../schema.ts';
import { reference } from './common.ts';

const persistentVolume = fields({
  size: immutable('Etcd PV storage size', quantity()).default('8Gi').describe('Size of each volume. Omitted: 8Gi.'),
  storageClassName: immutable('storageClassName', z.string().max(253))
    .optional()
    .describe('Storage class of the volumes. Omitted: that of the management cluster.'),
});

const snapshotUrl = checked(z.string().min(1).max(1024), {
  rule: "isURL(self) && url(self).getScheme() in ['https', 's3']",
  message: 'restoreSnapshotURL must be a valid URL with scheme https or s3',
});

const restoreSnapshotURL = immutable(
  'restoreSnapshotURL',
  checked(z.array(snapshotUrl).max(1).meta({ 'x-kubernetes-list-type': 'set' }), {
    rule: 'self.size() <= 1',
    message: "RestoreSnapshotURL shouldn't contain more than 1 entry",
  }),
);

/** URLs of v1alpha1, one per member, which may be the same; v1beta1 has one for all. */
const restoreSnapshotURLs = immutable('restoreSnapshotURL', wholeList(snapshotUrl).max(9));

const storageWith = <Urls extends z.ZodType>(urls: Urls) =>
  checked(
    fields({
      type: z.enum(['PersistentVolume']).describe('Where the data lies: PersistentVolume. Required.'),
      persistentVolume: persistentVolume.optional().describe('The volumes. Omitted: 8Gi of the default storage class.'),
      restoreSnapshotURL: urls
        .optional()
        .describe('Snapshot that the data begins with, by URL with scheme https or s3. Only at creation. Omitted: empty.'),
    }),
    {
      rule: 'has(self.restoreSnapshotURL) == has(oldSelf.restoreSnapshotURL)',
      message: 'restoreSnapshotURL cannot be added or removed after creation',
    },
    { rule: '!has(oldSelf.restoreSnapshotURL) || has(self.restoreSnapshotURL)', message: 'restoreSnapshotURL is immutable' },
  );

const managedWith = <Urls extends z.ZodType>(urls: Urls) =>
  fields({
    storage: storageWith(urls).describe('Where the data lies. Required.'),
    backup: anyFields().optional().describe('Cloud keys that encrypt backups. Not used on platform None.'),
  });

const unmanaged = fields({
  endpoint: z
    .string()
    .max(255)
    .regex(/^https:\/\//)
    .describe('Address of the etcd service, beginning with https://. Required.'),
  tls: fields({
    clientSecret: reference().describe('Secret with etcd-client-ca.crt, etcd-client.crt and etcd-client.key. Required.'),
  }).describe('How the etcd service is trusted and told who asks. Required.'),
});

const union = (name: 'managed' | 'unmanaged', type: 'Managed' | 'Unmanaged') => ({
  rule: `self.managementType == '${type}' ? has(self.${name}) : !has(self.${name})`,
  message: `Only ${name} configuration must be set when managementType is ${type}`,
});

const etcdWith = <Urls extends z.ZodType>(urls: Urls) =>
  checked(
    fields({
      managementType: immutable('managementType', z.enum(['Managed', 'Unmanaged'])).describe('Who runs etcd: Managed is we. Required.'),
      managed: managedWith(urls).optional().describe('Our etcd. Needed when managementType is Managed.'),
      unmanaged: unmanaged.optional().describe('The etcd of somebody else. Needed when managementType is Unmanaged.'),
    }),
    union('managed', 'Managed'),
    union('unmanaged', 'Unmanaged'),
  );

/** The etcd of a hosted cluster. */
export const etcd = etcdWith(restoreSnapshotURL);

/** The etcd of a hosted cluster in v1alpha1, where every member could have a snapshot of its own. */
export const earlierEtcd = etcdWith(restoreSnapshotURLs);

/** What etcd is when nothing is said. */
export const ETCD = {
  managementType: 'Managed' as const,
  managed: { storage: { type: 'PersistentVolume' as const, persistentVolume: { size: '8Gi' } } },
};
