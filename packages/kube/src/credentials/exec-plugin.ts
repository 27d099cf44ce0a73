import { spawn } from 'node:child_process';
import { isAbsolute, join } from 'node:path';
import type { Access, ExecPlugin } from '../access.ts';
import { ConnectionError } from '../errors.ts';

/** What an exec plugin hands out; without `expires` it holds until the server refuses it. */
export type ExecCredential = { token?: string; certificate?: { cert: string; key: string }; expires?: Date };

const complaint = (access: Access, problem: string, cause?: unknown): ConnectionError => {
  const { command, installHint } = access.exec as ExecPlugin;
  const hint = installHint ? ` ${installHint.trim()}` : '';
  return new ConnectionError(`exec plugin ${command} for ${access.server} ${problem}.${hint}`, {
    server: access.server,
    fault: 'auth',
    cause,
  });
};

const execInfo = (access: Access, plugin: ExecPlugin): string => {
  const authority = access.ca === undefined ? {} : { 'certificate-authority-data': Buffer.from(access.ca).toString('base64') };
  const cluster = {
    server: access.server,
    'tls-server-name': access.serverName,
    'insecure-skip-tls-verify': access.insecure || undefined,
    ...authority,
    'proxy-url': access.proxy,
    config: plugin.config ?? null,
  };
  const spec = { interactive: process.stdin.isTTY === true, ...(plugin.provideClusterInfo ? { cluster } : {}) };
  return JSON.stringify({ apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec });
};

/** A command with a slash in it is meant relative to the kubeconfig; a bare one is looked up in PATH. */
const commandPath = ({ command, folder }: ExecPlugin): string =>
  folder && command.includes('/') && !isAbsolute(command) ? join(folder, command) : command;

const runPlugin = (access: Access, plugin: ExecPlugin): Promise<string> =>
  new Promise((resolve, reject) => {
    const interactive = process.stdin.isTTY === true;
    const child = spawn(commandPath(plugin), [...(plugin.args ?? [])], {
      env: { ...process.env, ...plugin.env, KUBERNETES_EXEC_INFO: execInfo(access, plugin) },
      // What a plugin says on stderr is for the person at the terminal; it never enters messages, it may hold secrets.
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', process.stderr.isTTY ? 'inherit' : 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => reject(complaint(access, 'could not be started; install it or correct users[].user.exec.command', error)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(complaint(access, `ended with ${signal ?? `exit code ${code}`}; run it in a terminal to see why`));
    });
  });

type Printed = {
  apiVersion?: string;
  kind?: string;
  status?: { token?: string; clientCertificateData?: string; clientKeyData?: string; expirationTimestamp?: string };
};

/** Reads what an exec plugin printed; throws ConnectionError when it is no ExecCredential of the expected version. */
export const readExecCredential = (text: string, access: Access): ExecCredential => {
  let printed: Printed | null;
  try {
    printed = JSON.parse(text) as Printed | null;
  } catch {
    throw complaint(access, 'did not print JSON; it must print one ExecCredential');
  }
  const expected = access.exec?.apiVersion;
  if (printed?.kind !== 'ExecCredential' || printed.apiVersion !== expected)
    throw complaint(access, `must print an ExecCredential of ${expected}, but printed ${printed?.kind} of ${printed?.apiVersion}`);
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = printed.status ?? {};
  if (Boolean(cert) !== Boolean(key)) throw complaint(access, 'printed only one of clientCertificateData and clientKeyData');
  if (!token && !cert) throw complaint(access, 'printed neither a token nor a client certificate');
  return {
    ...(token ? { token } : {}),
    ...(cert && key ? { certificate: { cert, key } } : {}),
    ...(expirationTimestamp ? { expires: new Date(expirationTimestamp) } : {}),
  };
};

/** Runs the exec plugin of an access and reads what it printed. */
export const execCredential = async (access: Access): Promise<ExecCredential> =>
  readExecCredential(await runPlugin(access, access.exec as ExecPlugin), access);
