import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { ensureNamespace } from '../migrate/ensure-namespace.ts';
import { clusterName, dnsLabel } from '../migrate/names.ts';
import { registerHost, registerRemote } from '../migrate/register-cluster.ts';
import { openSide, sameCluster } from '../migrate/sides.ts';

type Options = { from?: string };

/** `godwit cluster add`: an identity on the cluster of a context, and its MigCluster. */
export const clusterAdd = command<Options>({
  words: ['cluster', 'add'],
  summary: 'Registers the cluster of a context; its ServiceAccount migration-controller is bound to cluster-admin',
  takes: [['[name]', 'name of the cluster; default: that of the context']],
  flags: [['--from <context>', 'context of the cluster to register']],
  examples: [
    ['Register alpha with the plans on beta', 'cluster add --from alpha --context beta'],
    ['Register the host itself', 'cluster add host --from beta --context beta'],
  ],
  run: async (invocation, [name], { from }) => {
    if (from === undefined)
      throw new Failure('--from is missing', {
        reason: 'Usage',
        why: 'it names the context of the cluster to register',
        next: 'kubectl config get-contexts',
        exitCode: exitCodes.usage,
      });
    const { namespace, terminal } = invocation;
    const [side, host] = await Promise.all([openSide(invocation, from), openSide(invocation, invocation.access().context ?? '')]);
    await Promise.all([ensureNamespace(side.client, namespace), ensureNamespace(host.client, namespace)]);
    const isHost = sameCluster(side, host);
    const wanted = name === undefined ? (isHost ? 'host' : clusterName(from)) : dnsLabel(name);
    const cluster = isHost
      ? await registerHost(host.client, namespace, wanted)
      : await registerRemote(side, host.client, namespace, wanted);
    terminal.out(`cluster/${cluster.metadata.name} added`);
    if (!isHost)
      terminal.err(
        `ServiceAccount ${namespace}/migration-controller on ${from} is bound to cluster-admin; its token is kept in Secret ${namespace}/${wanted}-token`,
      );
    return undefined;
  },
});
