import { fieldManagers, ImageBasedUpgrade, UPGRADE_NAME } from '@godwit/api';
import type { Client } from '@godwit/kube';

/** The status of an ImageBasedUpgrade. */
export type UpgradeStatus = NonNullable<ImageBasedUpgrade['status']>;

/**
 * Replaces the status of this very object. Throws `ApiError` with reason Invalid when another one took its name meanwhile: nobody has looked at
 * the spec of that one, and a status would make it pass for an upgrade under way.
 */
export const writeStatus = (cluster: Client, { metadata }: ImageBasedUpgrade, status: UpgradeStatus): Promise<ImageBasedUpgrade> => {
  // the API server ignores the uid in a merge patch of a status
  const patch = [
    { op: 'test', path: '/metadata/uid', value: metadata.uid },
    { op: 'add', path: '/status', value: status },
  ];
  const options = { type: 'json', subresource: 'status', fieldManager: fieldManagers.upgrade } as const;
  return cluster.patch(ImageBasedUpgrade, { name: UPGRADE_NAME }, patch, options);
};
