import { COMMON_TOGETHER, commonDown, commonUp } from './common.ts';
import { configurationProblem } from './configuration.ts';
import type { Together } from './differences.ts';
import { changing, isJson, type Json, jsonOf, present, withField, without } from './json.ts';
import { CIDR_FIELDS, rangesDown, rangesUp } from './networking.ts';

/** How the spec of one kind goes from v1alpha1 to v1beta1 and back; what has no counterpart falls away here and is kept by the caller. */
export type Conversion = {
  up: (spec: Json) => Json;
  down: (spec: Json) => Json;
  /** Why a v1alpha1 spec cannot be converted; undefined when it can. */
  problem: (spec: Json) => string | undefined;
  together: readonly Together[];
};

const API_SERVER = [
  ['apiPort', 'port'],
  ['apiAdvertiseAddress', 'advertiseAddress'],
  ['apiAllowedCIDRBlocks', 'allowedCIDRBlocks'],
] as const;
const TOP_LEVEL = [...CIDR_FIELDS, 'networkType', ...API_SERVER.map(([old]) => old)];

const problem = (spec: Json): string | undefined => configurationProblem(jsonOf(spec.configuration));

const hostedCluster: Conversion = {
  up: (spec) => changing(commonUp(spec), 'networking', (networking) => without(rangesUp(networking, networking), ...CIDR_FIELDS)),
  down: (spec) => changing(commonDown(spec), 'networking', (networking) => rangesDown(networking, networking)),
  problem,
  together: [...COMMON_TOGETHER, [['spec', 'networking']]],
};

const renamed = (object: Json, pairs: readonly (readonly [string, string])[]): Json =>
  present(pairs.map(([from, to]) => [to, object[from]]));

/** Fields that lay on the top before there was `networking`. */
const networkingOf = (spec: Json): Json | undefined => {
  const networking = rangesUp({ ...jsonOf(spec.networking), ...renamed(spec, [['networkType', 'networkType']]) }, spec);
  const apiServer = { ...jsonOf(networking.apiServer), ...renamed(spec, API_SERVER) };
  const all = Object.keys(apiServer).length > 0 ? { ...networking, apiServer } : networking;
  return Object.keys(all).length > 0 || isJson(spec.networking) ? all : undefined;
};

const hostedControlPlane: Conversion = {
  up: (spec) => without(withField(commonUp(spec), 'networking', networkingOf(spec)), ...TOP_LEVEL),
  down: (spec) => {
    const networking = jsonOf(spec.networking);
    const apiServer = API_SERVER.map(([old, now]) => [now, old] as const);
    return {
      ...rangesDown(networking, commonDown(spec)),
      ...renamed(networking, [['networkType', 'networkType']]),
      ...renamed(jsonOf(networking.apiServer), apiServer),
    };
  },
  problem,
  together: [...COMMON_TOGETHER, [['spec', 'networking'], ...TOP_LEVEL.map((name) => ['spec', name])]],
};

const nodePool: Conversion = {
  up: (spec) => {
    const rest = without(spec, 'nodeCount');
    return spec.replicas === undefined && spec.nodeCount !== undefined ? { ...rest, replicas: spec.nodeCount } : rest;
  },
  down: (spec) => spec,
  problem: () => undefined,
  together: [
    [
      ['spec', 'nodeCount'],
      ['spec', 'replicas'],
    ],
  ],
};

/** Conversions by kind. */
export const conversions: Readonly<Record<string, Conversion>> = {
  HostedCluster: hostedCluster,
  HostedControlPlane: hostedControlPlane,
  NodePool: nodePool,
};
