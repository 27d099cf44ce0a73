import type { ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';

/** How it stands with the API server of the node: it answers, or it has been away since a time. */
export type Link = { readonly awaySince?: Date };

/** What is known of an upgrade that is followed. */
export type UpgradeState = {
  readonly upgrade: ImageBasedUpgrade;
  readonly report: ImageBasedUpgradeReport | undefined;
  readonly link: Link;
};
