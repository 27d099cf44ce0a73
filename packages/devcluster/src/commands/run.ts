import { parseArgs } from 'node:util';
import { down } from './down.ts';
import { env } from './env.ts';
import { image } from './image.ts';
import { kubeconfig } from './kubeconfig.ts';
import { load } from './load.ts';
import { logs } from './logs.ts';
import { node } from './node.ts';
import { release } from './release.ts';
import { status } from './status.ts';
import { up } from './up.ts';

/** What every command gets: words after its name, and the flags. */
type Invocation = {
  words: readonly string[];
  set: string;
  all: boolean;
  controlPlaneOnly: boolean;
  hosted: boolean;
  push: string | undefined;
  authority: string | undefined;
};

/** A command writes what it found to standard output; progress and errors go to standard error. */
export type Command = (invocation: Invocation) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = { up, down, status, kubeconfig, env, load, image, release, logs, node };

const HELP = `Real Kubernetes clusters on this machine.

  godwit-dev up [CLUSTER...] [--control-plane-only]   start clusters (default: alpha beta), MinIO and a registry
  godwit-dev up --hosted                              the same, with what hosted control planes need
  godwit-dev down [--all]                             end them and remove everything they left
  godwit-dev status                                   what runs, in all sets
  godwit-dev kubeconfig [CLUSTER]                     print the path of a kubeconfig
  godwit-dev env                                      print what a shell needs: eval "$(npx godwit-dev env)"
  godwit-dev load IMAGE.tar [CLUSTER...]              import an OCI archive on the nodes
  godwit-dev image transfer|shop [--push HOST/NAME:TAG [--authority CA.pem]]   build an image, and push it
  godwit-dev release push                             build the release images of hosted clusters, and push them to the set's registry
  godwit-dev node install ID VERSION                  install a single-node cluster in an ostree deployment, and boot it
  godwit-dev node boot|reboot|off|down ID             switch a node on, restart it, cut its power, or remove it
  godwit-dev node status|kubeconfig ID                what runs on a node; the path of its kubeconfig
  godwit-dev node exec ID -- PROGRAM...               run a program inside a node
  godwit-dev logs CLUSTER|set COMPONENT               print the path of a log

  --set ID   which set of clusters is meant (default: dev)
`;

const OPTIONS = {
  set: { type: 'string', default: 'dev' },
  all: { type: 'boolean', default: false },
  'control-plane-only': { type: 'boolean', default: false },
  hosted: { type: 'boolean', default: false },
  push: { type: 'string' },
  authority: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const invoke = async (argv: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const [name = '', ...words] = positionals;
  const command = COMMANDS[name];
  if (values.help || !command) {
    (values.help ? process.stdout : process.stderr).write(name && !command ? `There is no command ${name}.\n\n${HELP}` : HELP);
    return values.help ? 0 : 2;
  }
  const { set, all, hosted, push, authority } = values;
  await command({ words, set, all, controlPlaneOnly: values['control-plane-only'], hosted, push, authority });
  return Number(process.exitCode ?? 0);
};

/** Runs one command line and returns its exit code: 0 done, 1 failed, 2 not understood. */
export const runCommand = async (argv: readonly string[]): Promise<number> => {
  try {
    return await invoke(argv);
  } catch (error) {
    process.stderr.write(`godwit-dev: ${error instanceof Error ? error.message : String(error)}\n`);
    const { code = '' } = error as NodeJS.ErrnoException;
    return String(code).startsWith('ERR_PARSE_ARGS') ? 2 : 1;
  }
};
