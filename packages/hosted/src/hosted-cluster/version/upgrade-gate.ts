import { isSameImage } from './image.ts';

/** What decides whether a new release may go into the control plane. */
export type UpgradeFacts = {
  /** The image in the spec, and its version when it could be read. */
  wanted: { image: string; version?: string | undefined };
  /** `status.version.desired`; undefined while there is none. */
  current: { image: string; version?: string | undefined } | undefined;
  /** Status of condition ClusterVersionUpgradeable; undefined when it is absent. */
  upgradeable: string | undefined;
  upgradeableMessage?: string | undefined;
  /** Annotation `hypershift.openshift.io/force-upgrade-to`. */
  forcedTo: string | undefined;
  /** `spec.controlPlaneRelease` is set. */
  hasControlPlaneRelease: boolean;
};

/** Whether there is an upgrade, why it may go although the cluster says no, and what refuses it. */
export type UpgradeVerdict = { upgrading: boolean; forced?: string; refused?: string };

const minorOf = (version: string | undefined): string | undefined => version?.split('.').slice(0, 2).join('.');

/** Judges a change of the release (T22). Pure. */
export const judgeUpgrade = ({
  wanted,
  current,
  upgradeable,
  upgradeableMessage,
  forcedTo,
  hasControlPlaneRelease,
}: UpgradeFacts): UpgradeVerdict => {
  if (current === undefined || isSameImage(wanted.image, current.image)) return { upgrading: false };
  if (upgradeable !== 'False') return { upgrading: true };
  if (forcedTo === wanted.image) return { upgrading: true, forced: 'upgrade is forced by annotation' };
  if (forcedTo !== undefined)
    return { upgrading: true, refused: 'force upgrade annotation is present but does not match desired release image' };
  if (hasControlPlaneRelease) return { upgrading: true, forced: 'upgrade is forced by controlPlaneRelease' };
  if (minorOf(wanted.version) !== undefined && minorOf(wanted.version) === minorOf(current.version)) return { upgrading: true };
  return { upgrading: true, refused: `cluster version is not upgradeable${upgradeableMessage ? `: ${upgradeableMessage}` : ''}` };
};
