import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { Secret } from '@godwit/api';
import { command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { foundCluster } from '../hosted/find.ts';
import { inClusters } from '../hosted/within.ts';
import type { Invocation } from '../invocation.ts';

type Options = { file?: string; force?: boolean; print?: boolean };

const OWNER_ONLY = 0o600;
const KEY = 'kubeconfig';

const kubeconfigOf = async (invocation: Invocation, text: string): Promise<{ name: string; kubeconfig: string }> => {
  const cluster = await foundCluster(invocation, text);
  const name = cluster.metadata.name ?? '';
  const secretName = cluster.status?.kubeconfig?.name ?? `${name}-admin-kubeconfig`;
  const secret = await invocation.client().get(Secret, { namespace: cluster.metadata.namespace, name: secretName });
  const value = secret?.data?.[KEY];
  if (value !== undefined) return { name, kubeconfig: Buffer.from(value, 'base64').toString('utf8') };
  throw new Failure(`hosted cluster "${name}" has no kubeconfig yet`, {
    reason: 'KubeconfigWaitingForCreate',
    why: `Secret ${cluster.metadata.namespace}/${secretName} has no key ${KEY}; it comes when the API server does`,
    next: commandLine(invocation, `hosted status ${name}`),
  });
};

/** A file that only its owner can read, and that is whole or not there. */
const writeFor = (path: string, text: string): void => {
  writeFileSync(`${path}.part`, text, { mode: OWNER_ONLY });
  renameSync(`${path}.part`, path);
};

const refused = (what: string, reason: string, why: string, next: string): Failure =>
  new Failure(what, { reason, why, next, exitCode: exitCodes.refused });

/** `godwit hosted kubeconfig`. */
export const hostedKubeconfig = command<Options>({
  words: ['hosted', 'kubeconfig'],
  summary: "Writes the administrator's kubeconfig of a hosted cluster to a file that only you can read, or to a pipe",
  takes: [['<name>', 'name of the hosted cluster']],
  flags: [
    ['--file <file>', 'file to write; default: standard output, unless that is a terminal'],
    ['--force', 'replaces the file when it exists'],
    ['--print', 'shows it on the terminal all the same'],
  ],
  examples: [
    ['Write it to a file', 'hosted kubeconfig demo --file demo.kubeconfig'],
    ['Hand it to another command', 'hosted kubeconfig demo | kubectl --kubeconfig /dev/stdin get nodes'],
  ],
  run: async (call, [text = ''], { file, force, print }) => {
    const invocation = inClusters(call);
    const { terminal } = invocation;
    if (file === undefined && terminal.onScreen && print !== true)
      throw refused(
        'the kubeconfig is not shown',
        'SecretOnTerminal',
        'it lets everybody who reads it rule the cluster, and standard output is a terminal',
        commandLine(invocation, `hosted kubeconfig ${text} --file ${text}.kubeconfig`),
      );
    if (file !== undefined && existsSync(file) && force !== true)
      throw refused(`${file} exists`, 'FileExists', 'it may be the way to another cluster', 'the command with --force, or another --file');
    const { name, kubeconfig } = await kubeconfigOf(invocation, text);
    if (file === undefined) {
      terminal.out(kubeconfig.trimEnd());
      return undefined;
    }
    writeFor(file, kubeconfig);
    terminal.err(`kubeconfig of ${name} written to ${file}; only you can read it`);
    return undefined;
  },
});
