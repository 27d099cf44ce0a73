import { OPERATOR_NAMESPACE } from '@godwit/hosted';
import { command } from '../command.ts';
import { nameOf } from '../grammar/normalise.ts';
import { moveCluster } from '../hosted/move/move.ts';
import { type MoveOptions, moveRequest } from '../hosted/move/request.ts';
import { storeFlags } from '../hosted/store-request.ts';
import { inClusters } from '../hosted/within.ts';

/** `godwit hosted move`. */
export const hostedMove = command<MoveOptions>({
  words: ['hosted', 'move'],
  summary: 'Moves a hosted cluster from the management cluster of --context to another one, with its nodes and their workloads',
  takes: [['<name>', 'name of the hosted cluster']],
  flags: [
    ['--mgmt-target <context>', 'context of the management cluster that it goes to'],
    ['--dry-run', 'only checks whether the move would succeed, and changes nothing'],
    ...storeFlags,
    ['--mode <mode>', 'with-nodes, or control-plane-only: nodes are left without anybody who manages them', 'with-nodes'],
    ['--soak <time>', 'how long the moved cluster is observed before the source is given up', '15m'],
    ['--encryption-key <file>', '32 bytes, raw, hex or base64, that the objects in the bucket are encrypted with; default: new ones'],
    ['--target-namespace <name>', 'namespace of the cluster on the target; default: as on the source'],
    ['--hosted-namespace <name>', 'namespace of moves on the target', OPERATOR_NAMESPACE],
    ['--confirm-teardown <name>', 'the name typed again: what is left on the source is removed at the end; default: it stays, fenced'],
    ['-y, --yes', 'does not ask; needed without a terminal'],
    ['--timeout <time>', 'how long to watch, for instance 1h; default: until it is over'],
  ],
  examples: [
    ['Check first', 'hosted move demo --context alpha --mgmt-target beta --bucket moves --credentials keys --dry-run'],
    [
      'Move, and remove what is left on the source',
      'hosted move demo --context alpha --mgmt-target beta --bucket moves --credentials keys --confirm-teardown demo',
    ],
  ],
  run: (call, [text = ''], options) => {
    const invocation = inClusters(call);
    const { environment, namespace } = invocation;
    const source = invocation.access().context ?? '';
    const cluster = { namespace, name: nameOf('hosted', text) };
    return moveCluster(invocation, moveRequest(cluster, options, { source, environment }));
  },
});
