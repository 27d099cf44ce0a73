import { annotations, type HostedCluster } from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';
import { releaseProblem } from '../../release/release-check.ts';
import type { Settings } from '../../world.ts';
import { blockedBy } from '../status/progressing.ts';
import { configurationProblems, type ValidationFacts } from '../validation/configuration-problems.ts';
import { judgeUpgrade, type UpgradeVerdict } from '../version/upgrade-gate.ts';
import { supportedHostedCluster, validConfiguration, validReleaseImage } from './claims.ts';
import { platformProblems } from './platforms.ts';
import type { ReleaseReading } from './release-reading.ts';

/** What lets a pass go on to change something, or not. */
export type Gates = {
  claims: readonly StandardClaim[];
  upgrade: UpgradeVerdict;
  /** Why nothing is changed; undefined: all gates are open. */
  blocked: string | undefined;
};

/** What gates judge by. */
export type GateFacts = {
  cluster: HostedCluster;
  reading: ReleaseReading;
  validation: ValidationFacts;
  settings: Pick<Settings, 'versions'>;
};

const NO_MINIMUM = '4.0.0';

/** Leaving the check out means that no release is too old, as upstream has it. */
const rangeFor = ({ metadata }: HostedCluster, { versions }: Pick<Settings, 'versions'>): Settings['versions'] =>
  metadata.annotations?.[annotations.skipReleaseImageValidation] === undefined ? versions : { ...versions, minimum: NO_MINIMUM };

const releaseFault = ({ cluster, reading, settings }: GateFacts): Parameters<typeof validReleaseImage>[0] => {
  if ('fault' in reading) return reading;
  const { networking, platform } = cluster.spec;
  const message = releaseProblem({
    current: cluster.status?.version?.desired.version,
    next: reading.release.version,
    supported: rangeFor(cluster, settings),
    networkType: networking.networkType,
    platformType: platform.type,
  });
  return message === undefined ? undefined : { fault: 'InvalidImage', message };
};

const upgradeOf = ({ cluster, reading }: GateFacts): UpgradeVerdict => {
  const { metadata, spec, status } = cluster;
  const upgradeable = status?.conditions?.find(({ type }) => type === 'ClusterVersionUpgradeable');
  return judgeUpgrade({
    wanted: { image: spec.release.image, version: 'fault' in reading ? undefined : reading.release.version },
    current: status?.version?.desired,
    upgradeable: upgradeable?.status,
    upgradeableMessage: upgradeable?.message,
    forcedTo: metadata.annotations?.[annotations.forceUpgradeTo],
    hasControlPlaneRelease: spec.controlPlaneRelease !== undefined,
  });
};

/** Judges configuration, support and release, and whether a new release may go in. A missing Secret alone closes nothing. Pure. */
export const judgeGates = (facts: GateFacts): Gates => {
  const claims = [
    validConfiguration(configurationProblems(facts.validation)),
    supportedHostedCluster(platformProblems(facts.cluster.spec.platform)),
    validReleaseImage(releaseFault(facts)),
  ];
  const upgrade = upgradeOf(facts);
  return { claims, upgrade, blocked: blockedBy({ gates: claims, upgrade }) };
};
