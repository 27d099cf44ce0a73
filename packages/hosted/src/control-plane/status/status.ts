import type { HostedControlPlane } from '@godwit/api';
import { type StandardClaim, type StandardCondition, timeOf, withCondition } from '@godwit/controller';
import { type ControlPlaneVersion, controlPlaneVersion } from '../../hosted-cluster/version/control-plane-version.ts';
import type { Release } from '../../release/release.ts';
import { type Endpoint, KUBECONFIG_KEY } from '../pki/kubeconfigs.ts';
import { clusterVersionConditions } from './cluster-version.ts';
import type { ComponentState } from './component-status.ts';

type Status = NonNullable<HostedControlPlane['status']>;

/** What the status of a control plane is computed from, once, at the end of a round. */
export type StatusFacts = {
  now: Date;
  claims: readonly StandardClaim[];
  endpoint: Endpoint | undefined;
  kubeconfig: boolean;
  /** Whether the API server answers now. */
  answers: boolean;
  /** Undefined: the release could not be read. */
  release: Release | undefined;
  components: readonly ComponentState[];
  /** Whether what the hosted cluster needs inside of itself has been written at this version. */
  furnished: boolean;
  /** Nodes of the hosted cluster; undefined: not asked. */
  nodes?: number | undefined;
};

type Before = Partial<ControlPlaneVersion> | undefined;

const partsOf = (components: readonly ComponentState[]) =>
  components.map(({ version, rolledOut }) => ({ version, rolledOut: rolledOut.status === 'True' }));

const versionsOf = (
  { spec, status, metadata }: HostedControlPlane,
  { release, components, furnished, now }: StatusFacts,
): Partial<Status> => {
  if (release === undefined) return {};
  const wanted = { image: spec.controlPlaneReleaseImage ?? spec.releaseImage, version: release.version };
  const common = { ...wanted, generation: metadata.generation ?? 0, now: timeOf(now) };
  const parts = partsOf(components);
  const inside = { version: release.version, rolledOut: furnished };
  return {
    controlPlaneVersion: controlPlaneVersion({ ...common, before: status?.controlPlaneVersion as Before, components: parts }),
    versionStatus: controlPlaneVersion({ ...common, before: status?.versionStatus as Before, components: [...parts, inside] }),
  } as Partial<Status>;
};

const withClaims = (before: readonly StandardCondition[], claims: readonly StandardClaim[], now: Date): StandardCondition[] =>
  claims.reduce((list, claim) => withCondition(list, claim, timeOf(now)), [...before]);

/** The next status of a control plane. Fields of others stay. Pure. */
export const statusOf = (plane: HostedControlPlane, facts: StatusFacts): Status => {
  const { status } = plane;
  const versions = versionsOf(plane, facts);
  const fromVersion =
    facts.release && versions.versionStatus
      ? clusterVersionConditions(facts.release.version, { history: versions.versionStatus.history ?? [] })
      : [];
  return {
    ...(status ?? { conditions: [] }),
    ready: facts.answers,
    initialized: facts.answers || status?.initialized === true,
    externalManagedControlPlane: true,
    ...(facts.endpoint ? { controlPlaneEndpoint: facts.endpoint } : {}),
    ...(facts.kubeconfig ? { kubeConfig: { name: 'admin-kubeconfig', key: KUBECONFIG_KEY } } : {}),
    ...(facts.nodes === undefined ? {} : { nodeCount: facts.nodes }),
    ...versions,
    conditions: withClaims(status?.conditions ?? [], [...facts.claims, ...fromVersion], facts.now),
  } as Status;
};
