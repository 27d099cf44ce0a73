import { z } from 'zod';
import { anyFields, fields, time, wholeList } from '../schema.ts';

const desired = fields({
  version: z.string().optional().describe('Version of the release. Omitted: not known yet.'),
  image: z.string().describe('Image of the release. Required.'),
});

const historyEntry = fields({
  state: z.enum(['Completed', 'Partial']).describe('Whether the release was rolled out as a whole. Required.'),
  startedTime: time().describe('When it was begun. Required.'),
  completionTime: time().nullish().describe('When it was there as a whole, or given up. Omitted: not yet.'),
  version: z.string().optional().describe('Version of the release.'),
  image: z.string().describe('Image of the release. Required.'),
  verified: z.boolean().optional().describe('Whether the signature of the release was checked. Omitted: false.'),
});
/** One release that a cluster went to. */
export type VersionHistoryEntry = z.infer<typeof historyEntry>;

const common = {
  desired: desired.describe('The release that is gone to. Required.'),
  history: wholeList(historyEntry).max(100).optional().describe('Releases that were gone to, newest first.'),
  observedGeneration: z.int().optional().describe('Generation of the object for which this was computed.'),
};

/** Where the cluster stands on its way to a release. */
export const versionStatus = fields({
  ...common,
  availableUpdates: wholeList(anyFields()).nullish().describe('Releases that may be gone to. Null: not known.'),
  conditionalUpdates: wholeList(anyFields()).optional().describe('Releases that may be gone to under conditions.'),
});
/** Where the cluster stands on its way to a release. */
export type VersionStatus = z.infer<typeof versionStatus>;

/** Where the control plane alone stands on its way to a release. */
export const controlPlaneVersionStatus = fields(common);
