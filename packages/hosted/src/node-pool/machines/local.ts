import { LocalMachineTemplate, labels } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { hashOfText } from '../hash.ts';

/** What local machines are made like: nothing differs from one to the other. */
const TEMPLATE = { spec: {} };

/** Name of a pool's machine template: another template has another name, so that its machines are replaced. */
export const templateName = (poolName: string): string => `${poolName}-${hashOfText(JSON.stringify(TEMPLATE))}`;

/** Writes the template of a pool's local machines. */
export const localTemplate = (namespace: string, poolName: string, clusterName: string): Effect => ({
  do: 'apply',
  on: 'management',
  resource: LocalMachineTemplate,
  object: {
    apiVersion: 'infrastructure.godwit.io/v1alpha1',
    kind: 'LocalMachineTemplate',
    metadata: { namespace, name: templateName(poolName), labels: { [labels.clusterName]: clusterName } },
    spec: { template: TEMPLATE },
  },
});

/** How Cluster API finds the template. */
export const localTemplateReference = (poolName: string) => ({
  apiGroup: 'infrastructure.godwit.io',
  kind: 'LocalMachineTemplate',
  name: templateName(poolName),
});
