import { run } from '../processes/run.ts';
import { requireState } from '../sets/state.ts';
import { inNode } from './enter.ts';

/** The command line that runs a program in a node's network and mount namespaces; the working directory there is `/`. */
export const nodeCommand = (set: string, cluster: string, argv: readonly string[]): string[] => inNode(requireState(set), cluster, argv);

/** Runs a program in a node's namespaces, where the volumes of its pods lie below /tmp/hostpath_pv; returns what it printed. */
export const execInNode = (set: string, cluster: string, argv: readonly string[]): Promise<string> => run(nodeCommand(set, cluster, argv));
