import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execInNode, nodeCommand } from '@godwit/devcluster';
import type { SshServer } from './ssh-server.ts';
import { SET } from './stage.ts';

/** How long a copy took: `copy` from rsync's first word, when both sides talk, to its end; `whole` with the connection. */
export type CopyTimes = { copy: number; whole: number };

/** Copies a folder of alpha's node into a new one of beta's by rsync over ssh, as an administrator would; then removes the copy. */
export const copyOverSsh = async ({ address, command }: SshServer, folder: string, name: string): Promise<CopyTimes> => {
  const target = `/tmp/hostpath_pv/${name}`;
  const rsync = ['/usr/bin/rsync', '-aHAX', '--numeric-ids', '--delete', '--outbuf=L', '--info=FLIST2,STATS1'];
  const [program = '', ...argv] = nodeCommand(SET, 'alpha', [...rsync, '-e', command, `${folder}/`, `root@${address}:${target}/`]);
  const began = performance.now();
  const copy = spawn(program, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(copy, 'close');
  let said = '';
  copy.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  let first: number | undefined;
  createInterface({ input: copy.stdout }).on('line', () => {
    first ??= performance.now();
  });
  const [code] = (await ended) as [number | null];
  const end = performance.now();
  if (code !== 0) throw new Error(`rsync over ssh ended with ${code}: ${said}`);
  await execInNode(SET, 'beta', ['/bin/rm', '-rf', target]);
  return { copy: (end - (first ?? began)) / 1000, whole: (end - began) / 1000 };
};
