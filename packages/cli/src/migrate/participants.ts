import { MigCluster } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { clusterName } from './names.ts';
import { registerHost, registerRemote, unsayable } from './register-cluster.ts';
import { remoteSides, type Side, type Sides, sameCluster } from './sides.ts';

/** Names of the MigClusters of a migration. */
export type Participants = { host: string; source: string; target: string };

/** The name of the host's MigCluster: the one that is there, else `host`. */
const hostNameOf = async (client: Client, namespace: string): Promise<string> => {
  const { items } = await client.list(MigCluster, { namespace });
  return items.find(({ spec }) => spec.isHostCluster)?.metadata.name ?? 'host';
};

/** Which MigCluster stands for which side. */
export const participantsOf = async (sides: Sides, namespace: string): Promise<Participants> => {
  const host = await hostNameOf(sides.host.client, namespace);
  const named = (side: Side): string => (sameCluster(side, sides.host) ? host : clusterName(side.context));
  return { host, source: named(sides.source), target: named(sides.target) };
};

/** Creates the MigClusters of all sides; `say` hears what a user should know about them. */
export const registerParticipants = async (
  sides: Sides,
  names: Participants,
  namespace: string,
  say: (line: string) => void,
): Promise<MigCluster[]> => {
  const host = sides.host.client;
  const remote = remoteSides(sides);
  for (const side of remote) {
    say(
      `${side.context}: ServiceAccount ${namespace}/migration-controller is bound to cluster-admin; its token is kept in a Secret on ${sides.host.context}`,
    );
    if (side.access.insecure) say(`warning: ${side.context} skips the check of its server's certificate, and so will the controllers`);
    for (const setting of unsayable(side))
      say(`warning: ${setting} of ${side.context} is not known to the controllers; they go straight to ${side.access.server}`);
  }
  return Promise.all([
    registerHost(host, namespace, names.host),
    ...remote.map((side) => registerRemote(side, host, namespace, clusterName(side.context))),
  ]);
};
