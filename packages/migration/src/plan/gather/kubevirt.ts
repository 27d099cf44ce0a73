import { type Client, type KubeObject, resource, type ServedResource } from '@godwit/kube';
import type { KubeVirtView } from '../facts.ts';

type KubeVirt = KubeObject & {
  spec?: { configuration?: { vmRolloutStrategy?: string; developerConfiguration?: { featureGates?: string[] } } };
  status?: { observedKubeVirtVersion?: string; operatorVersion?: string };
};

const KubeVirts = resource<KubeVirt>('kubevirt.io/v1', 'KubeVirt', 'kubevirts');

/** Reads every KubeVirt installation of a cluster. */
export const readKubeVirts = async (client: Client, served: readonly ServedResource[]): Promise<KubeVirtView[]> => {
  if (!served.some(({ group, plural }) => group === KubeVirts.group && plural === KubeVirts.plural)) return [];
  const { items } = await client.list(KubeVirts);
  return items.map(({ spec, status }) => ({
    version: status?.observedKubeVirtVersion ?? status?.operatorVersion ?? '',
    strategy: spec?.configuration?.vmRolloutStrategy ?? '',
    gates: spec?.configuration?.developerConfiguration?.featureGates ?? [],
  }));
};
