import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describeSet, nodeCommand } from '@godwit/devcluster';
import { execa } from 'execa';
import { SET } from './stage.ts';

const PORT = 2200;
const SSHD = '/usr/sbin/sshd';

/** An SSH server in the namespaces of beta's node. */
export type SshServer = {
  address: string;
  /** What rsync is to start instead of a plain ssh. */
  command: string;
  stop(): Promise<void>;
};

const settings = (folder: string, address: string): string =>
  [
    `Port ${PORT}`,
    `ListenAddress ${address}`,
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/user.pub`,
    'PidFile none',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM yes',
    '',
  ].join('\n');

const requirePrograms = (): void => {
  const missing = [SSHD, '/usr/bin/ssh', '/usr/bin/rsync'].filter((program) => !existsSync(program));
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing; install: apt-get install openssh-server openssh-client rsync`);
};

/** Starts sshd with throw-away keys in a folder of its own; the machine's own SSH is not touched. */
export const startSshServer = async (): Promise<SshServer> => {
  requirePrograms();
  const address = describeSet(SET)?.clusters.find(({ name }) => name === 'beta')?.node?.address ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'godwit-bench-ssh-'));
  for (const key of ['host', 'user']) await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
  writeFileSync(join(folder, 'sshd_config'), settings(folder, address));
  mkdirSync('/run/sshd', { recursive: true }); // sshd does not start without it
  const [program = '', ...argv] = nodeCommand(SET, 'beta', [SSHD, '-D', '-e', '-f', join(folder, 'sshd_config')]);
  const server = spawn(program, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  const heard: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    heard.push(line);
    if (line.includes('Server listening')) break;
  }
  if (server.exitCode !== null) throw new Error(`sshd ended: ${heard.join('; ')}`);
  server.stderr.resume();
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'IdentitiesOnly=yes'];
  return {
    address,
    command: `/usr/bin/ssh -p ${PORT} -F none -i ${folder}/user ${options.map((option) => `-o ${option}`).join(' ')}`,
    stop: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
};
