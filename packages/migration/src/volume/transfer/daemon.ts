import type { VolumePair } from '../volume-pair.ts';
import { RSYNC_PORT } from './command-line.ts';

/** Folder with rsyncd.conf in the server pod. */
export const DAEMON_CONFIG = '/etc/rsyncd/rsyncd.conf';

/** File with the password of the user `root`. */
const DAEMON_SECRETS = '/etc/rsyncd-secrets/rsyncd.secrets';

const module = ({ target, module: name }: VolumePair): string[] => [
  `[${name}]`,
  `  comment = ${target.namespace}/${target.name}`,
  `  path = /mnt/${target.namespace}/${name}`,
  '  read only = no',
  '  list = no',
  '  hosts allow = ::1, 127.0.0.1, localhost',
  '  auth users = root',
  `  secrets file = ${DAEMON_SECRETS}`,
];

/** rsyncd.conf of a server pod: one module per volume, reachable from inside the pod only. */
export const daemonConfig = (pairs: readonly VolumePair[], asRoot: boolean): string =>
  [
    'address = 127.0.0.1',
    `port = ${RSYNC_PORT}`,
    'log file = /dev/stdout',
    'transfer logging = no',
    'reverse lookup = no',
    // Outside of a chroot the daemon cuts the leading slash off absolute links, on writing and on comparing alike, so that nobody would notice.
    `use chroot = ${asRoot ? 'yes' : 'no'}`,
    'numeric ids = yes',
    'munge symlinks = no',
    'max connections = 0',
    ...(asRoot ? ['uid = root', 'gid = root'] : []),
    ...pairs.flatMap(module),
    '',
  ].join('\n');
