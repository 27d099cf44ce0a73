import { annotations, fieldManagers, HostedCluster, NodePool } from '@godwit/api';
import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { foundCluster, poolsOf } from '../hosted/find.ts';
import { futureUntilOf } from '../hosted/until.ts';
import { inClusters } from '../hosted/within.ts';
import type { Invocation } from '../invocation.ts';

/** Writes one pause, or its end, to a hosted cluster and all its pools: the pools have a field of their own. */
const setPause = async (invocation: Invocation, cluster: HostedCluster, until: string | null): Promise<void> => {
  const client = invocation.client();
  const patch = { spec: { pausedUntil: until } };
  const options = { fieldManager: fieldManagers.cli };
  const word = until === null ? 'resumed' : until === 'true' ? 'paused' : `paused until ${until}`;
  const pools = await poolsOf(client, cluster);
  const told = (noun: string, name: string) => invocation.terminal.out(`${noun}/${name} ${word}`);
  const { namespace, name = '' } = cluster.metadata;
  const hosted = async () => {
    await client.patch(HostedCluster, { namespace, name }, patch, options);
    told('hosted', name);
  };
  const pool = async ({ metadata }: NodePool) => {
    await client.patch(NodePool, { namespace, name: metadata.name ?? '' }, patch, options);
    told('nodepool', metadata.name ?? '');
  };
  // pausing begins at the cluster, so that no pool works on what stands still; resuming goes the other way
  if (until !== null) await hosted();
  for (const each of pools) await pool(each);
  if (until === null) await hosted();
};

/** `godwit hosted pause`. */
export const hostedPause = command<{ until: string }>({
  words: ['hosted', 'pause'],
  summary: 'Stops all work on a hosted cluster and its node pools; the cluster itself goes on serving',
  takes: [['<name>', 'name of the hosted cluster']],
  flags: [['--until <when>', 'a date in RFC 3339 at which the work goes on by itself; true: not before it is resumed', 'true']],
  examples: [
    ['Pause until it is resumed', 'hosted pause demo'],
    ['Pause for an evening', 'hosted pause demo --until 2030-01-31T22:00:00Z'],
  ],
  run: async (call, [text = ''], { until }) => {
    const invocation = inClusters(call);
    const checked = futureUntilOf('--until', until, new Date());
    await setPause(invocation, await foundCluster(invocation, text), checked);
    return undefined;
  },
});

/** `godwit hosted resume`. */
export const hostedResume = command({
  words: ['hosted', 'resume'],
  summary: 'Lets the work on a hosted cluster and its node pools go on',
  takes: [['<name>', 'name of the hosted cluster']],
  examples: [['Resume', 'hosted resume demo']],
  run: async (call, [text = '']) => {
    const invocation = inClusters(call);
    const cluster = await foundCluster(invocation, text);
    const fence = cluster.metadata.annotations?.[annotations.fence];
    if (fence !== undefined)
      throw new Failure(`hosted cluster "${cluster.metadata.name}" is not resumed here`, {
        reason: 'Fenced',
        why: `it carries the fence ${fence}: it was moved away, and runs on another management cluster`,
        next: `${invocation.calledAs} hosted get --context CONTEXT, with that of the other one`,
        exitCode: exitCodes.refused,
      });
    await setPause(invocation, cluster, null);
    return undefined;
  },
});
