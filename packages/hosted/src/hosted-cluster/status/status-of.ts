import type { HostedCluster } from '@godwit/api';
import { isTrue, type StandardClaim, type StandardCondition, timeOf, withCondition } from '@godwit/controller';
import { besideHostedCluster } from '../../names.ts';
import type { Release } from '../../release/release.ts';
import type { Settings } from '../../world.ts';
import type { Facts } from '../facts.ts';
import type { Gates } from '../gates/judge-gates.ts';
import { type ControlPlaneVersion, controlPlaneVersion } from '../version/control-plane-version.ts';
import { isSameImage } from '../version/image.ts';
import { versionStatus } from '../version/version-status.ts';
import { available, fromControlPlane } from './from-control-plane.ts';
import { ignitionAvailable, ignitionEndpoint } from './ignition.ts';
import { progressing } from './progressing.ts';

type Status = NonNullable<HostedCluster['status']>;

/** What a status is computed from: what the pass has read, and what it has come to. */
export type StatusFacts = Facts & {
  settings: Pick<Settings, 'ignition'>;
  /** Undefined: the pass ended before the gates. */
  gates: Gates | undefined;
  release: Release | undefined;
  controlPlaneRelease: Release | undefined;
  /** ReconciliationActive, ReconciliationSucceeded and whatever else this pass has to say. */
  said: readonly StandardClaim[];
};

/** A release that cannot be read now may have been read before. */
const knownVersion = (
  release: Release | undefined,
  before: { desired: { image: string; version?: string | undefined } } | undefined,
  image: string,
) => release?.version ?? (before && isSameImage(image, before.desired.image) ? before.desired.version : undefined);

const controlPlaneVersionOf = ({ cluster, components, controlPlaneRelease, now }: StatusFacts): ControlPlaneVersion => {
  const { spec, status, metadata } = cluster;
  const image = (spec.controlPlaneRelease ?? spec.release).image;
  const before = status?.controlPlaneVersion as ControlPlaneVersion | undefined;
  return controlPlaneVersion({
    before,
    image,
    version: knownVersion(controlPlaneRelease, before, image),
    components: components.map(({ status: each }) => ({ version: each?.version, rolledOut: isTrue(each?.conditions, 'RolloutComplete') })),
    generation: metadata.generation ?? 0,
    now: timeOf(now),
  });
};

const versionOf = ({ cluster: { spec, status, metadata }, controlPlane, release, now }: StatusFacts) =>
  versionStatus({
    fromControlPlane: controlPlane?.status?.versionStatus as ReturnType<typeof versionStatus> | undefined,
    before: status?.version as ReturnType<typeof versionStatus> | undefined,
    image: spec.release.image,
    version: knownVersion(release, status?.version, spec.release.image),
    generation: metadata.generation ?? 0,
    now: timeOf(now),
  });

const claimsOf = (facts: StatusFacts, version: ReturnType<typeof versionStatus>): StandardClaim[] => {
  const { cluster, controlPlane, gates, settings, said } = facts;
  const conditions = controlPlane === undefined ? undefined : (controlPlane.status?.conditions ?? []);
  const before = (cluster.status?.conditions ?? []) as StandardCondition[];
  const standing = { gates: gates?.claims ?? before, upgrade: gates?.upgrade ?? { upgrading: false } };
  return [
    available(conditions),
    progressing({ ...standing, image: cluster.spec.release.image, version }),
    ...fromControlPlane(conditions, { unmanagedEtcd: cluster.spec.etcd.managementType === 'Unmanaged' }),
    ignitionAvailable(settings),
    ...(gates?.claims ?? []),
    ...said,
  ];
};

/** Conditions of a type that is said no more than once stay; a condition that a control plane stops telling goes with it. */
const conditionsOf = (facts: StatusFacts, version: ReturnType<typeof versionStatus>): StandardCondition[] => {
  const { metadata, status } = facts.cluster;
  return claimsOf(facts, version).reduce<StandardCondition[]>(
    (list, claim) => withCondition(list, { ...claim, observedGeneration: metadata.generation ?? 0 }, timeOf(facts.now)),
    (status?.conditions ?? []) as StandardCondition[],
  );
};

const ARCHITECTURES: Readonly<Record<string, Status['payloadArch']>> = {
  multi: 'Multi',
  amd64: 'AMD64',
  arm64: 'ARM64',
  ppc64le: 'PPC64LE',
  s390x: 'S390X',
};

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

const secretsOf = ({ controlPlane, name }: Facts): Partial<Status> => {
  const { kubeConfig, customKubeconfig, kubeadminPassword } = controlPlane?.status ?? {};
  const beside = besideHostedCluster(name);
  return {
    ...optional('kubeconfig', kubeConfig && { name: beside.adminKubeconfig }),
    ...optional('customKubeconfig', customKubeconfig && { name: beside.customAdminKubeconfig }),
    ...optional('kubeadminPassword', kubeadminPassword && { name: beside.kubeadminPassword }),
  };
};

/** The whole next status of a HostedCluster; what nobody says any more stays as it was. Pure. */
export const statusOf = (facts: StatusFacts): Status => {
  const { cluster, controlPlane, release, settings } = facts;
  const version = versionOf(facts);
  const { controlPlaneEndpoint, oauthCallbackURLTemplate, platform, configuration, secretEncryption, autoNode } =
    controlPlane?.status ?? {};
  const architecture = release && ARCHITECTURES[release.architecture];
  return {
    ...cluster.status,
    ...secretsOf(facts),
    ...optional('controlPlaneEndpoint', controlPlaneEndpoint),
    ...optional('oauthCallbackURLTemplate', oauthCallbackURLTemplate),
    ...optional('platform', platform),
    ...optional('configuration', configuration),
    ...optional('secretEncryption', secretEncryption),
    ...optional('autoNode', autoNode),
    ...optional('payloadArch', architecture),
    ...optional('ignitionEndpoint', ignitionEndpoint(cluster.spec.services, settings)),
    version: version as NonNullable<Status['version']>,
    controlPlaneVersion: controlPlaneVersionOf(facts) as NonNullable<Status['controlPlaneVersion']>,
    conditions: conditionsOf(facts, version),
  };
};
