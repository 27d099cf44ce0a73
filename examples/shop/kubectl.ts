import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The way to a cluster: everything the shop's functions do goes through kubectl. */
export type Kubectl = {
  /** Runs kubectl to its end and returns what it printed; rejects with its last words when it fails. */
  run(argv: readonly string[], input?: string): Promise<string>;
  /** Runs kubectl and yields its lines as they come; throws at the end when it failed. An abort ends it without an error. */
  lines(argv: readonly string[], signal?: AbortSignal): AsyncIterable<string>;
};

/** Which cluster, and through which kubectl; without a context the kubeconfig's current one. */
export type KubectlTarget = { program: string; kubeconfig: string; context?: string };

type Ended = { status: number | null; said: string };

const start = ({ program, kubeconfig, context }: KubectlTarget, argv: readonly string[]) => {
  const child = spawn(program, ['--kubeconfig', kubeconfig, ...(context ? ['--context', context] : []), ...argv], { stdio: 'pipe' });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  // A program that ends early does not read all of its input; its exit code tells why.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said: said.trim() }));
  });
  ended.catch(() => {});
  return { child, ended };
};

const refuse = (argv: readonly string[], { status, said }: Ended): Error =>
  new Error(`kubectl ${argv.slice(0, 6).join(' ')} ended with ${status ?? 'a signal'}: ${said}`);

/** The shop's way to one cluster. */
export const kubectlOf = (target: KubectlTarget): Kubectl => ({
  run: async (argv, input = '') => {
    const { child, ended } = start(target, argv);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.end(input);
    const end = await ended;
    if (end.status !== 0) throw refuse(argv, end);
    return Buffer.concat(chunks).toString();
  },

  lines: async function* (argv, signal) {
    const { child, ended } = start(target, argv);
    const stop = () => child.kill();
    signal?.addEventListener('abort', stop);
    try {
      child.stdin.end();
      yield* createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY });
      const end = await ended;
      if (end.status !== 0 && !signal?.aborted) throw refuse(argv, end);
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  },
});
