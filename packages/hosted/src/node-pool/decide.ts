import { annotations, NodePool } from '@godwit/api';
import { canonicalJson, type Effect } from '@godwit/controller';
import { renderConfiguration } from '../ignition/render.ts';
import { skewProblem } from '../release/skew.ts';
import { poolConfiguration } from './config/collect.ts';
import { ConfigError } from './config/documents.ts';
import type { PoolFacts } from './facts.ts';
import { configHash, configHashWithoutVersion } from './hash.ts';
import { bad, good, type Judged, type PoolClaim, reasons } from './judge/claim.ts';
import { health, rolledOut, type Target, updating } from './judge/progress.ts';
import { judgeRelease } from './judge/release.ts';
import { isLocal, judgeArchitecture, judgeAutoscaling, judgeConfig, judgeIgnition, judgeManagement, judgePlatform } from './judge/spec.ts';
import { machineDeployment, wantedReplicas } from './machines/deployment.ts';
import { healthCheck } from './machines/health-check.ts';
import { localTemplate, localTemplateReference } from './machines/local.ts';
import { nodeVersions } from './node-versions.ts';
import { tokenName, userDataName } from './token/secrets.ts';
import { bootstrapSecrets, isReached } from './token/tokens.ts';

/** What one round comes to. `gone` are types of conditions that no longer apply. */
export type PoolDecision = {
  claims: readonly PoolClaim[];
  gone: readonly string[];
  status: Partial<NonNullable<NodePool['status']>>;
  effects: readonly Effect[];
};

/** Judgements in the order in which upstream makes them; the first that stops keeps machines as they are. */
const JUDGES: readonly ((facts: PoolFacts) => Judged)[] = [
  judgeAutoscaling,
  judgeManagement,
  judgeRelease(skewProblem),
  judgeIgnition,
  judgeArchitecture,
  judgePlatform,
  judgeConfig,
];

const judge = (facts: PoolFacts): Judged => {
  const claims: PoolClaim[] = [];
  for (const each of JUDGES) {
    const { claims: more, stop } = each(facts);
    claims.push(...more);
    if (stop) return { claims, stop };
  }
  return { claims };
};

const globalConfiguration = ({ cluster: { spec } }: PoolFacts): string => {
  const { proxy, image } = (spec.configuration ?? {}) as { proxy?: unknown; image?: unknown };
  return proxy === undefined && image === undefined ? '' : canonicalJson({ proxy, image });
};

const targetOf = (facts: PoolFacts, configuration: string, version: string): Target => {
  const { spec } = facts.cluster;
  const parts = {
    configuration,
    version,
    pullSecretName: spec.pullSecret.name ?? '',
    trustBundleName: spec.additionalTrustBundle?.name ?? '',
    globalConfiguration: globalConfiguration(facts),
    osStream: '',
  };
  return { config: configHashWithoutVersion(parts), hash: configHash(parts), version };
};

const generated = (configuration: string): PoolClaim => {
  try {
    renderConfiguration(configuration);
    return good('ValidGeneratedPayload', 'Payload generated successfully');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return bad('ValidGeneratedPayload', reasons.validationFailed, error.message);
  }
};

const machineEffects = (facts: PoolFacts, target: Target): Effect[] => {
  const { pool, cluster, namespace, release, deployment } = facts;
  const clusterName = cluster.spec.infraID ?? '';
  const poolName = pool.metadata.name ?? '';
  if (!isLocal(cluster) || !release.ok) return [];
  const parts = {
    pool,
    namespace,
    clusterName,
    release: release.release,
    userDataName: userDataName(poolName, target.hash),
    infrastructureRef: localTemplateReference(poolName),
  };
  return [
    localTemplate(namespace, poolName, clusterName),
    machineDeployment(parts, deployment?.spec.replicas),
    healthCheck(pool, namespace, clusterName),
  ];
};

const secretEffects = (facts: PoolFacts, target: Target, configuration: string): Effect[] => {
  const { pool, namespace, release, ignition, pullSecret, trustBundle, secrets, now } = facts;
  const { namespace: of = '', name = '' } = pool.metadata;
  if (!release.ok) return [];
  const parts = {
    namespace,
    pool: `${of}/${name}`,
    poolName: name,
    hash: target.hash,
    upgradeType: pool.spec.management.upgradeType,
    release: release.release,
    configuration,
    pullSecret,
    trustBundle,
    osStream: '',
  };
  return bootstrapSecrets(parts, { secrets, endpoint: ignition.endpoint ?? '', authority: ignition.authority ?? '', now });
};

/** The pool remembers what its nodes shall be, and, once every node is so, what they are: the next change is measured against it. */
const remembered = ({ pool }: PoolFacts, target: Target, done: boolean): Effect[] => {
  const now: Record<string, string> = {
    [annotations.nodePoolTargetConfigVersion]: target.hash,
    ...(done ? { [annotations.nodePoolCurrentConfig]: target.config, [annotations.nodePoolCurrentConfigVersion]: target.hash } : {}),
  };
  const known = pool.metadata.annotations ?? {};
  if (Object.entries(now).every(([key, value]) => known[key] === value)) return [];
  const { namespace, name = '' } = pool.metadata;
  return [{ do: 'patch', on: 'management', resource: NodePool, name: { namespace, name }, patch: { metadata: { annotations: now } } }];
};

const countedNodes = ({ machines }: PoolFacts) =>
  machines.map(({ metadata, status }) => ({
    releaseVersion: metadata.annotations?.[annotations.releaseVersion] ?? '',
    kubeletVersion: status?.nodeInfo?.kubeletVersion ?? '',
    ready: (status?.conditions ?? []).some(({ type, status: holds }) => type === 'NodeReady' && holds === 'True'),
  }));

const statusOf = (facts: PoolFacts): PoolDecision['status'] => {
  const versions = nodeVersions(countedNodes(facts));
  return {
    replicas: facts.deployment?.status?.availableReplicas ?? 0,
    ...(versions === undefined ? {} : { nodesInfo: { nodeVersions: versions } }),
  };
};

const healthOf = ({ pool, deployment, machines }: PoolFacts): PoolClaim[] =>
  health(wantedReplicas(pool, deployment?.spec.replicas), deployment?.status?.availableReplicas ?? 0, machines);

/** Judges a pool and says what is to be done. Pure but for the random token of a new configuration. */
export const decidePool = (facts: PoolFacts): PoolDecision => {
  const { claims, stop } = judge(facts);
  const status = statusOf(facts);
  if (stop || !facts.release.ok) return { claims: [...claims, ...healthOf(facts)], gone: [], status, effects: [] };
  const configuration = poolConfiguration(facts.config);
  const payload = generated(configuration);
  const target = targetOf(facts, configuration, facts.release.release.version);
  if (payload.status !== 'True')
    return {
      claims: [...claims, ...updating(facts.pool, target), payload, ...healthOf(facts)],
      gone: [],
      status,
      effects: [],
    };
  const poolName = facts.pool.metadata.name ?? '';
  const done = rolledOut(facts.deployment, userDataName(poolName, target.hash));
  const reached = isReached(facts.secrets, tokenName(poolName, target.hash));
  return {
    claims: [
      ...claims,
      ...(done
        ? updating({ ...facts.pool, metadata: { ...facts.pool.metadata, annotations: {} }, status: {} }, target)
        : updating(facts.pool, target)),
      payload,
      reached
        ? good('ReachedIgnitionEndpoint', '')
        : bad('ReachedIgnitionEndpoint', reasons.notReached, 'No machine of this configuration has fetched it yet', 'Info'),
      ...healthOf(facts),
    ],
    gone: ['IgnitionEndpointAvailable'],
    status: { ...status, ...(done ? { version: target.version } : {}) },
    effects: [...secretEffects(facts, target, configuration), ...machineEffects(facts, target), ...remembered(facts, target, done)],
  };
};
