import { dirname } from 'node:path';
import { inNodeCommand, nodeKubeconfigPath, programPath } from '@godwit/devcluster';
import { execa } from 'execa';
import { EDGE, type Stage } from '../support/upgrade/stage.ts';

/** What a command printed, on both streams, and how it ended. */
type Printed = { text: string; exitCode: number | undefined };

/** Types commands of the document as its reader would: each is printed with what it prints. */
export type Terminal = {
  /** At the administrator's machine, whose kubeconfig leads to the cluster. */
  type(line: string): Promise<Printed>;
  /** On the node. */
  onNode(line: string): Promise<Printed>;
};

const LINES_SHOWN = 12;

/** A terminal of a stage; only the first lines of long outputs are shown. */
export const openTerminal = async ({ set, say }: Stage): Promise<Terminal> => {
  const PATH = `${dirname(await programPath('kubectl'))}:${process.env.PATH}`;
  const run = async (shown: string, argv: readonly string[]): Promise<Printed> => {
    say(`\n$ ${shown}`);
    const [program = '', ...rest] = argv;
    const env = { PATH, KUBECONFIG: nodeKubeconfigPath(set.id, EDGE) };
    const { all, exitCode } = await execa(program, rest, { env, all: true, reject: false });
    const lines = all.split('\n');
    for (const line of lines.slice(0, LINES_SHOWN)) say(line);
    if (lines.length > LINES_SHOWN) say(`… ${lines.length - LINES_SHOWN} more lines`);
    return { text: all, exitCode };
  };
  return {
    type: (line) => run(line, ['bash', '-c', line]),
    onNode: (line) => run(`(node) ${line}`, inNodeCommand(set.id, EDGE, ['/bin/sh', '-c', line])),
  };
};
