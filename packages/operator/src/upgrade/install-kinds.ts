import { apiVersionOf, CustomResourceDefinition, crd, fieldManagers, godwitKinds, type Kind, lcaKinds, veleroKinds } from '@godwit/api';
import { type Clock, type Log, systemClock } from '@godwit/controller';
import type { Client, ServedResource } from '@godwit/kube';

/** Kinds that the agent acts on. Those of velero.io may be somebody else's, who has installed a whole Velero. */
export const agentKinds: { readonly own: readonly Kind[]; readonly shared: readonly Kind[] } = {
  own: [...lcaKinds, ...godwitKinds.filter(({ kind }) => kind === 'ImageBasedUpgradeReport')],
  shared: veleroKinds,
};

type Served = Pick<ServedResource, 'group' | 'version' | 'plural'>;

/** The kinds of a list that a cluster does not serve. Pure. */
export const notServed = (kinds: readonly Kind[], served: readonly Served[]): readonly Kind[] =>
  kinds.filter(({ plural, ...kind }) => !served.some((each) => each.plural === plural && apiVersionOf(each) === apiVersionOf(kind)));

const LOOK_AGAIN_SECONDS = 1;

/** Brings the definitions of the agent's kinds into its cluster, leaving those of another Velero alone, and waits until all are served. */
export const installKinds = async (
  cluster: Client,
  signal: AbortSignal,
  { clock = systemClock, log }: { clock?: Clock; log: Log },
): Promise<void> => {
  const missing = notServed(agentKinds.shared, await cluster.discover({ fresh: true }));
  for (const kind of [...agentKinds.own, ...missing])
    await cluster.apply(CustomResourceDefinition, crd(kind), { fieldManager: fieldManagers.upgrade, force: true });
  const all = [...agentKinds.own, ...agentKinds.shared];
  for (
    let left = notServed(all, await cluster.discover({ fresh: true }));
    left.length > 0;
    left = notServed(all, await cluster.discover({ fresh: true }))
  ) {
    log.debug({ kinds: left.map(({ kind }) => kind) }, 'these kinds are not served yet');
    await clock.sleep(LOOK_AGAIN_SECONDS, signal);
  }
};
