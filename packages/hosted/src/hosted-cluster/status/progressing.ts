import type { StandardClaim, StandardCondition } from '@godwit/controller';
import { isSameImage } from '../version/image.ts';
import type { UpgradeVerdict } from '../version/upgrade-gate.ts';

/** What decides whether a hosted cluster is on its way to another state. */
export type ProgressFacts = {
  /** Conditions of this pass that can stand in the way. */
  gates: readonly (StandardClaim | StandardCondition)[];
  upgrade: UpgradeVerdict;
  /** The image in the spec. */
  image: string;
  /** `status.version`. */
  version: { desired: { image: string }; history?: readonly { state: string }[] | undefined } | undefined;
};

const BLOCKING: readonly string[] = ['ValidConfiguration', 'SupportedHostedCluster', 'ValidReleaseImage'];

/** Why nothing goes on; undefined: nothing stands in the way. A missing Secret does not, since everything else goes on without it. */
export const blockedBy = ({ gates, upgrade }: Pick<ProgressFacts, 'gates' | 'upgrade'>): string | undefined => {
  const gate = gates.find(({ type, status, reason }) => BLOCKING.includes(type) && status === 'False' && reason !== 'SecretNotFound');
  if (gate !== undefined) return `${gate.type} condition is false: ${gate.message}`;
  return upgrade.refused === undefined ? undefined : `ClusterVersionUpgradeable condition is false: ${upgrade.refused}`;
};

const isRollingOut = ({ image, version }: ProgressFacts): boolean =>
  version === undefined || !isSameImage(image, version.desired.image) || version.history?.[0]?.state === 'Partial';

/** Condition Progressing of a HostedCluster. Pure. */
export const progressing = (facts: ProgressFacts): StandardClaim => {
  const type = 'Progressing';
  const blocked = blockedBy(facts);
  if (blocked !== undefined) return { type, status: 'False', reason: 'Blocked', message: blocked };
  return isRollingOut(facts)
    ? { type, status: 'True', reason: 'Progressing', message: 'HostedCluster is deploying, upgrading, or reconfiguring' }
    : { type, status: 'False', reason: 'AsExpected', message: 'HostedCluster is at expected version' };
};
