import { fieldManagers, NodePool } from '@godwit/api';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { pauseWords } from '../hosted/paused.ts';
import { inClusters } from '../hosted/within.ts';
import { secondsIn } from '../invocation.ts';
import { found } from '../lookup.ts';
import { nodePoolLines } from '../printers/describe-hosted.ts';
import { nodePoolPrinting } from '../printers/hosted-columns.ts';
import { conditionOf } from '../printers/standard-conditions.ts';
import { reporterFor, type View } from '../progress/reporter.ts';
import { countOf, required } from '../usage.ts';
import { unlessLeft, waitingOf } from '../waiting.ts';
import { statesOf } from '../watch-object.ts';
import { describeCommand } from './describe-command.ts';
import { getCommand } from './get-command.ts';

/** `godwit nodepool get`. */
export const nodePoolGet = getCommand(NodePool, nodePoolPrinting, inClusters);
/** `godwit nodepool describe`. */
export const nodePoolDescribe = describeCommand('nodepool', NodePool, (pool) => nodePoolLines(pool, new Date()), inClusters);

const readyNodes = ({ status }: NodePool): number =>
  (status?.nodesInfo?.nodeVersions ?? []).reduce((total, { readyNodeCount = 0 }) => total + readyNodeCount, 0);

const line = (pool: NodePool): string =>
  `${pool.status?.replicas ?? 0} of ${pool.spec.replicas ?? 0} nodes, ${readyNodes(pool)} ready; ${conditionOf(pool, 'AllMachinesReady')?.message ?? 'waiting for the operator'}`;

const poolView: View<NodePool> = {
  lines: (pool) => [line(pool)],
  news: (before, pool) => (before !== undefined && line(before) === line(pool) ? [] : [line(pool)]),
};

const isScaled = (pool: NodePool): boolean =>
  (pool.status?.replicas ?? 0) === pool.spec.replicas && readyNodes(pool) === pool.spec.replicas;

type Options = { replicas?: string; wait?: boolean; timeout?: string };

/** `godwit nodepool scale`. */
export const nodePoolScale = command<Options>({
  words: ['nodepool', 'scale'],
  summary: 'Changes how many nodes a node pool has',
  takes: [['<name>', 'name of the node pool']],
  flags: [
    ['--replicas <count>', 'how many nodes there shall be'],
    ['--wait', 'waits until there are as many nodes, all of them ready'],
    ['--timeout <time>', 'how long to wait, for instance 10m; default: until it is so'],
  ],
  examples: [['Have three nodes', 'nodepool scale demo --replicas 3 --wait']],
  run: async (call, [text = ''], { replicas, wait, timeout }) => {
    const invocation = inClusters(call);
    const wanted =
      countOf('--replicas', required('--replicas', replicas, { why: 'it says how many nodes there shall be', next: '--replicas 3' })) ?? 0;
    const pool = await found(invocation, 'nodepool', NodePool, text);
    const { namespace, name = '' } = pool.metadata;
    if (pool.spec.autoScaling !== undefined)
      throw new Failure(`node pool "${name}" is scaled by its load`, {
        reason: 'Autoscaled',
        why: `spec.autoScaling keeps it between ${pool.spec.autoScaling.min} and ${pool.spec.autoScaling.max} nodes`,
        next: `kubectl edit nodepool -n ${namespace} ${name}, to change these bounds`,
        exitCode: exitCodes.refused,
      });
    const client = invocation.client();
    await client.patch(NodePool, { namespace, name }, { spec: { replicas: wanted } }, { fieldManager: fieldManagers.cli });
    invocation.terminal.out(`nodepool/${name} scaled from ${pool.spec.replicas ?? 0} to ${wanted}`);
    const words = pauseWords(pool, new Date());
    if (words !== undefined)
      invocation.terminal.err(
        `warning: the pool is ${words}; nothing happens before: ${commandLine(invocation, `hosted resume ${pool.spec.clusterName}`)}`,
      );
    if (wait !== true) return exitCodes.done;
    const reporter = reporterFor(invocation.terminal, 1, poolView);
    const waiting = waitingOf(invocation, timeout === undefined ? undefined : secondsIn('--timeout', timeout), reporter);
    return unlessLeft(
      invocation,
      waiting,
      commandLine(invocation, `nodepool get ${name}`),
      async () => {
        try {
          reporter.step(`node pool ${name}`);
          for await (const state of statesOf(client, NodePool, { namespace, name }, waiting)) {
            if (state === undefined)
              throw new Failure(`node pool "${name}" is gone`, { reason: 'NotFound', why: 'somebody has deleted it' });
            reporter.run(state);
            if (isScaled(state)) return exitCodes.done;
          }
          return exitCodes.error;
        } finally {
          reporter.end();
        }
      },
      { standsIn: false },
    );
  },
});
