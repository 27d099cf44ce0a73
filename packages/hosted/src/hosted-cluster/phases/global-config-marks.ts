import { ConfigMap, Secret } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { referencedBy } from '../annotations.ts';
import { type Reference, referencesOf } from '../copies/references.ts';
import { MANAGEMENT } from '../management.ts';
import type { Phase } from './phase.ts';

/** Marks or unmarks what the configuration of a cluster refers to, so that a user sees who needs it. Pure. */
export const markEffect = (cluster: { namespace: string; name: string }, { kind, name }: Reference, value: 'true' | null): Effect => ({
  do: 'patch',
  on: MANAGEMENT,
  resource: kind === 'Secret' ? Secret : ConfigMap,
  name: { namespace: cluster.namespace, name },
  patch: { metadata: { annotations: { [referencedBy(cluster.name)]: value } } },
});

/** Marks the Secrets and ConfigMaps that the configuration refers to. */
export const globalConfigMarks: Phase = {
  name: 'GlobalConfigMarks',
  rank: 'ordinary',
  effects: ({ cluster: { spec }, namespace, name }) =>
    referencesOf(spec).configuration.map((reference) => markEffect({ namespace, name }, reference, 'true')),
};
