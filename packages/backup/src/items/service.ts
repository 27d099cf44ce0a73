import type { KubeObject } from '@godwit/kube';
import type { StoredMeta } from '../velero.ts';
import { type Json, listPart, omit, part, withSpec } from './edit.ts';
import type { ItemRule } from './rule.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const lastApplied = (object: KubeObject): Json => {
  try {
    return part(JSON.parse(object.metadata.annotations?.[LAST_APPLIED] ?? '{}'), 'spec');
  } catch {
    return {}; // an annotation that somebody broke lists nothing
  }
};

const managedSpecs = (object: KubeObject): Json[] =>
  ((object.metadata as StoredMeta).managedFields ?? []).map((entry) => part(entry, 'fieldsV1', 'f:spec'));

const isManaged = (port: Json, specs: readonly Json[]): boolean =>
  specs.some((spec) =>
    Object.entries(part(spec, 'f:ports')).some(([key, fields]) => {
      if (!key.startsWith('k:') || part(fields)['f:nodePort'] === undefined) return false;
      const merged = JSON.parse(key.slice(2)) as Json;
      return merged.port === port.port && (merged.protocol ?? 'TCP') === (port.protocol ?? 'TCP');
    }),
  );

const isApplied = (port: Json, applied: Json): boolean =>
  listPart(applied, 'ports').some(
    (each) => Boolean(each.nodePort) && (port.name ? each.name === port.name : each.nodePort === port.nodePort),
  );

const cleared = (object: KubeObject, spec: Json): Json => {
  const [applied, managed] = [lastApplied(object), managedSpecs(object)];
  const ports = listPart(spec, 'ports').map((port) =>
    isApplied(port, applied) || isManaged(port, managed) ? port : omit(port, 'nodePort'),
  );
  const isLocal = spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
  const keepsCheck =
    !isLocal || Boolean(applied.healthCheckNodePort) || managed.some((each) => each['f:healthCheckNodePort'] !== undefined);
  return { ...(keepsCheck ? spec : omit(spec, 'healthCheckNodePort')), ...(spec.ports !== undefined && { ports }) };
};

const withoutAddresses = (spec: Json): Json => (spec.clusterIP === 'None' ? spec : omit(spec, 'clusterIP', 'clusterIPs'));

/** Lets the target cluster choose addresses and node ports, except those that somebody chose by hand. */
export const serviceRule: ItemRule = {
  name: 'service',
  on: ['services'],
  apply: (object, { preserveNodePorts, migration }) => ({
    keep: withSpec(object, (spec) => {
      const own = migration && spec.type === 'LoadBalancer' ? omit(spec, 'externalIPs') : spec;
      return preserveNodePorts ? withoutAddresses(own) : cleared(object, withoutAddresses(own));
    }),
  }),
};
