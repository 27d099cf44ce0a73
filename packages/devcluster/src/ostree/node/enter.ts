import { run } from '../../processes/run.ts';
import { isNodeOn } from './power.ts';
import { requireNode } from './record.ts';

/** The command line that runs a program inside a running node: in its namespaces, with its root and its path. */
export const inNodeCommand = (set: string, id: string, argv: readonly string[]): string[] => {
  const node = requireNode(set, id);
  if (!node.process || !isNodeOn(node))
    throw new Error(`Node ${id} of set ${set} does not run. Boot it: godwit-dev node boot ${id} --set ${set}`);
  return [
    ...['nsenter', '--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd', `--target=${node.process.pid}`, '--'],
    ...[
      'env',
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
      'HOME=/var/root',
      'KUBECONFIG=/var/lib/kubernetes/kubeconfigs/admin',
    ],
    ...argv,
  ];
};

/** Runs a program inside a node and returns what it printed. */
export const execInside = (set: string, id: string, argv: readonly string[]): Promise<string> => run(inNodeCommand(set, id, argv));
