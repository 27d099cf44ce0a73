import type { NodePool } from '@godwit/api';

type Management = NodePool['spec']['management'];
type IntOrPercent = number | string | undefined;

const replaceProblem = ({ replace }: Management): string | undefined => {
  if (replace === undefined) return 'this is unsupported. replace upgrade type requires a replace strategy';
  const { strategy, rollingUpdate } = replace;
  if (strategy === 'OnDelete') return undefined;
  if (strategy !== 'RollingUpdate') return `this is unsupported. unknown strategy: ${strategy}`;
  if (rollingUpdate === undefined) return 'this is unsupported. rollingUpdate strategy requires a rolling update block';
  return rollingUpdate.maxSurge === undefined || rollingUpdate.maxUnavailable === undefined
    ? 'this is unsupported. rollingUpdate strategy requires maxSurge and maxUnavailable'
    : undefined;
};

/** Why nodes cannot be renewed as the pool says; undefined: they can. The API server refuses the same, unless the object is older than the rule. */
export const managementProblem = (management: Management): string | undefined => {
  if (management.upgradeType === 'InPlace') return undefined;
  return management.upgradeType === 'Replace'
    ? replaceProblem(management)
    : `this is unsupported. unknown upgrade type: ${management.upgradeType}`;
};

const share = (value: IntOrPercent, of: number, round: (value: number) => number, absent: number): number => {
  if (value === undefined) return absent;
  if (typeof value === 'number') return value;
  return value.endsWith('%') ? round((Number.parseFloat(value) * of) / 100) : Number.parseInt(value, 10);
};

/** How many nodes an in-place update may take away at a time; at least one, default one. */
export const inPlaceMaxUnavailable = (value: IntOrPercent, replicas: number): number => Math.max(1, share(value, replicas, Math.floor, 1));

/** The taints of a pool as the annotation of its machines carries them. */
export const taintsToJson = (taints: NodePool['spec']['taints']): string =>
  JSON.stringify((taints ?? []).map(({ key, value, effect }) => ({ key, value: value ?? '', effect })));
