import type { MtcClaim } from '@godwit/controller';
import type { Check } from '../../shared/check.ts';
import { advisory, warn } from '../../shared/claim.ts';
import type { KubeVirtView, PlanFacts } from '../facts.ts';

const OLDEST: Version = [1, 3, 0];
const GATES = ['VolumesUpdateStrategy', 'VolumeMigration'];
const GATE_OF_OLDER = 'VMLiveUpdateFeatures'; // always on from 1.5
const ALWAYS_ON_FROM: Version = [1, 5, 0];

type Version = readonly [major: number, minor: number, patch: number];

/** Reads `[v]MAJOR.MINOR.PATCH`; what follows a dash behind the patch number does not count. Anything else is undefined. */
const versionOf = (text: string): Version | undefined => {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)(?:-.*)?$/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
};

const isBefore = (version: Version, other: Version): boolean => {
  const index = version.findIndex((part, place) => part !== other[place]);
  return index >= 0 && (version[index] ?? 0) < (other[index] ?? 0);
};

const judgeInstallation = ({ version: text, strategy, gates }: KubeVirtView): MtcClaim[] => {
  const version = versionOf(text);
  if (version === undefined || isBefore(version, OLDEST)) {
    const message = `KubeVirt ${text} of the source cannot move the disks of running machines; that needs 1.3.0 or later. Update it, or set spec.liveMigrate to false.`;
    return [warn('KubeVirtVersionNotSupported', 'NotSupported', message)];
  }
  const needed = isBefore(version, ALWAYS_ON_FROM) ? [...GATES, GATE_OF_OLDER] : GATES;
  if (strategy === 'LiveUpdate' && needed.every((gate) => gates.includes(gate))) return [];
  const message = `Storage live migration is not enabled on the source. Set vmRolloutStrategy to LiveUpdate and the feature gates ${needed.join(', ')} in its KubeVirt, or set spec.liveMigrate to false.`;
  return [warn('KubeVirtStorageLiveMigrationNotEnabled', 'NotSupported', message)];
};

/** Finds what keeps the disks of running virtual machines from being moved; asked only when the plan wants that. */
export const kubeVirt: Check<PlanFacts> = {
  name: 'virtual machines that cannot be moved while they run',
  types: ['KubeVirtNotInstalledSourceCluster', 'KubeVirtVersionNotSupported', 'KubeVirtStorageLiveMigrationNotEnabled'],
  judge: ({ plan, clusters }) => {
    if (plan.spec.liveMigrate !== true) return [];
    if (clusters === undefined) return undefined;
    const [only, ...more] = clusters.source.kubeVirts;
    if (only !== undefined && more.length === 0) return judgeInstallation(only);
    const message =
      'The source does not have exactly one KubeVirt installation, so disks of running machines cannot be moved. Set spec.liveMigrate to false.';
    return [advisory('KubeVirtNotInstalledSourceCluster', 'NotFound', message)];
  },
};
