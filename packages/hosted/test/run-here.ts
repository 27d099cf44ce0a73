import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { programPath } from '@godwit/devcluster';
import type { ExecResult } from '@godwit/kube';

/** The folder of etcd, etcdctl and etcdutl; built first when they are not there. */
export const toolFolder = async (): Promise<string> => {
  const [etcd] = await Promise.all(['etcd', 'etcdctl', 'etcdutl'].map((name) => programPath(name)));
  return dirname(etcd ?? '');
};

/** Runs a command on this host as an exec in a pod would: with its standard input, and etcd's tools on the path. */
export const runHere = async (
  tools: string,
  command: readonly string[],
  { stdin, env = {} }: { stdin?: string | Uint8Array | undefined; env?: Record<string, string> } = {},
): Promise<ExecResult> => {
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, { env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH}`, ...env } });
  child.stdin.on('error', () => undefined); // a command that does not read
  child.stdin.end(stdin ?? '');
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 137)));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
};
