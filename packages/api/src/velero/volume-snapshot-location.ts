import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { secretKey } from '../references.ts';
import { fields, stringMap } from '../schema.ts';
import { veleroKind } from './common.ts';

const spec = fields({
  provider: z.string().describe('Who takes the snapshots, for instance aws. Required.'),
  config: stringMap().optional().describe('Settings of the provider. Omitted: none.'),
  credential: secretKey.optional().describe('Where the credentials are. Omitted: those of the server.'),
});

const status = fields({
  phase: z.enum(['Available', 'Unavailable']).optional().describe('Whether the location can be used. Omitted: not tested.'),
});

/** Where snapshots of volumes are taken. */
export const VolumeSnapshotLocation = kind(
  {
    ...veleroKind,
    kind: 'VolumeSnapshotLocation',
    description: 'Where snapshots of volumes are taken.',
    plural: 'volumesnapshotlocations',
    shortNames: ['vsl'],
  },
  spec,
  status,
);
/** Where snapshots of volumes are taken. */
export type VolumeSnapshotLocation = ObjectOf<typeof VolumeSnapshotLocation>;
