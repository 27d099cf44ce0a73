import { fileURLToPath } from 'node:url';
import { TRANSFER_IMAGE } from '@godwit/devcluster';
import { execa } from 'execa';

const program = fileURLToPath(new URL('../../packages/cli/bin/godwit', import.meta.url));

/** The operator as a process that can be killed and started again. */
export type OperatorProcess = { start(): void; kill(): Promise<void>; stop(): Promise<void> };

/** Prepares an operator that reaches its host through this kubeconfig; its log is appended to a file. `flags` come after the usual ones. */
export const operatorProcess = (kubeconfig: string, context: string, log: string, flags: readonly string[] = []): OperatorProcess => {
  let running: ({ kill(signal: NodeJS.Signals): boolean } & PromiseLike<unknown>) | undefined;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running?.kill(signal);
    await running;
    running = undefined;
  };
  return {
    start: () => {
      running = execa(
        program,
        ['operator', 'run', `--kubeconfig=${kubeconfig}`, `--context=${context}`, `--transfer-image=${TRANSFER_IMAGE}`, ...flags],
        {
          reject: false,
          stdin: 'ignore',
          stdout: { file: log, append: true },
          stderr: { file: log, append: true },
        },
      );
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
};
