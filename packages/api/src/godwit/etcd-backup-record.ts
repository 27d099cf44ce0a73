import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { immutable } from '../rules.ts';
import { fields, time } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { godwitKind } from './common.ts';
import { snapshotFields } from './snapshot.ts';

const spec = immutable('EtcdBackupRecord spec', fields(snapshotFields));

const status = fields({
  conditions: standardConditions,
  lastVerified: time().optional().describe('When the object in the store was last compared with this record. Omitted: never.'),
  verifications: z.int().optional().describe('How often it was compared. Omitted: 0.'),
});

/** What one backup of etcd holds, written once when it is stored and verified. */
export const EtcdBackupRecord = kind(
  {
    ...godwitKind,
    kind: 'EtcdBackupRecord',
    description: 'What one backup of etcd holds, written once when it is stored and verified.',
    plural: 'etcdbackuprecords',
    shortNames: ['ebr'],
    columns: [
      { name: 'Cluster', type: 'string', jsonPath: '.spec.hostedCluster.name' },
      { name: 'Revision', type: 'string', jsonPath: '.spec.revision' },
      { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
      { name: 'Verified', type: 'string', jsonPath: '.status.conditions[?(@.type=="Verified")].status' },
      { name: 'Key', type: 'string', jsonPath: '.spec.location.key', priority: 1 },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  },
  spec,
  status,
);
/** What one backup of etcd holds. */
export type EtcdBackupRecord = ObjectOf<typeof EtcdBackupRecord>;
