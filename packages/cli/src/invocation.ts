import { durationSeconds, NAMESPACE } from '@godwit/api';
import { type Access, accessOf, type Client, connect, contextNames, type Kubeconfig, loadKubeconfig } from '@godwit/kube';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { Failure } from './failure.ts';
import type { Globals } from './globals.ts';
import type { Terminal } from './terminal.ts';

/** One call of the program: its global flags, the terminal, and the clusters that it opens. */
export type Invocation = {
  globals: Globals;
  /** The arguments as they were written. */
  argv: readonly string[];
  /** The name that the program was called by, for help and for commands to copy. */
  calledAs: string;
  environment: Readonly<Record<string, string | undefined>>;
  terminal: Terminal;
  /** Aborts when the user presses Ctrl-C, or the process is told to end. */
  interrupted: AbortSignal;
  /** Namespace of the Mig* objects. */
  namespace: string;
  contexts(): string[];
  /** How the kubeconfig reaches a context, by default that of the global flags. */
  access(context?: string): Access;
  /** A client for a context; closed when the command ends. */
  client(context?: string): Client;
  close(): Promise<void>;
};

/** What an invocation is made of. */
export type InvocationParts = Pick<Invocation, 'globals' | 'argv' | 'calledAs' | 'environment' | 'terminal' | 'interrupted'>;

const kubeconfigOf = ({ globals, environment }: InvocationParts): Kubeconfig => {
  try {
    return loadKubeconfig({ path: globals.kubeconfig, env: environment as NodeJS.ProcessEnv });
  } catch (error) {
    throw explainError('the kubeconfig cannot be used', error);
  }
};

const accessIn = (kubeconfig: Kubeconfig, context: string | undefined): Access => {
  const known = contextNames(kubeconfig);
  if (context !== undefined && !known.includes(context))
    throw new Failure(`there is no context ${context}`, {
      reason: 'ContextUnknown',
      why: `the kubeconfig (${kubeconfig.files.join(', ')}) knows ${known.join(', ') || 'no contexts'}`,
      next: 'kubectl config get-contexts',
    });
  try {
    return accessOf(kubeconfig, context);
  } catch (error) {
    throw explainError('the kubeconfig cannot be used', error);
  }
};

/** Seconds in a text such as 10s or 2m; a plain number counts seconds. */
export const secondsIn = (flag: string, text: string): number => {
  const seconds = /^\d+$/.test(text) ? Number(text) : durationSeconds(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new Failure(`${flag} ${text} is not a time`, {
    reason: 'Usage',
    why: 'write a number with a unit, for instance 30s, 10m or 2h',
    exitCode: exitCodes.usage,
  });
};

const connectOptions = ({ requestTimeout, as }: Globals) => ({
  userAgent: 'godwit-cli',
  ...(requestTimeout === undefined ? {} : { requestTimeoutSeconds: secondsIn('--request-timeout', requestTimeout) }),
  ...(as === undefined ? {} : { impersonate: { user: as } }),
});

/** Opens an invocation; nothing is read or contacted before it is asked for. */
export const openInvocation = (parts: InvocationParts): Invocation => {
  const { globals } = parts;
  const opened = new Map<string, Client>();
  let kubeconfig: Kubeconfig | undefined;
  const loaded = () => {
    kubeconfig ??= kubeconfigOf(parts);
    return kubeconfig;
  };
  const access = (context = globals.context) => accessIn(loaded(), context);
  return {
    ...parts,
    namespace: globals.namespace ?? NAMESPACE,
    contexts: () => contextNames(loaded()),
    access,
    client: (context = globals.context) => {
      const client = opened.get(context ?? '') ?? connect(access(context), connectOptions(globals));
      opened.set(context ?? '', client);
      return client;
    },
    close: async () => {
      await Promise.all([...opened.values()].map((client) => client.close()));
    },
  };
};
