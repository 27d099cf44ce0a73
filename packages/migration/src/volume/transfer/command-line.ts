import type { RsyncOptions } from './options.ts';

/** What one rsync client is told. */
export type CopyOrder = {
  options: RsyncOptions;
  /** Compares contents also where size and time agree, and so repairs what differs. */
  checksum: boolean;
  /** False when the client may not set owners and times of folders that are not its own. */
  asRoot: boolean;
  sourceNamespace: string;
  sourceHash: string;
  module: string;
};

/** The port that a client is told; the tunnel program replaces the connection, so nothing listens on it. */
export const RSYNC_PORT = 2222;

/** Where the rsync password is mounted in a client pod. */
const PASSWORD_FILE = '/etc/rsync-credentials/password';

const ARCHIVE = ['--recursive', '--links', '--perms', '--devices', '--specials', '--times', '--owner', '--group'];
// security.selinux is given to a volume by the node that mounts it, never by a copy.
const ATTRIBUTES = ['--xattrs', '--acls', '--numeric-ids', '--filter=-x security.selinux'];

// Made by the file system at its root. A folder of this name anywhere else belongs to the application; upstream leaves that out too.
const NOT_OF_THE_VOLUME = '--exclude=/lost+found/';

const address = ({ sourceNamespace, sourceHash, module }: CopyOrder): string[] => [
  `/mnt/${sourceNamespace}/${sourceHash}/`,
  `rsync://root@localhost/${module}`,
  '--port',
  String(RSYNC_PORT),
];

/**
 * The command line of a copy, in upstream's order, with Godwit's options after the administrator's:
 * times are compared to the nanosecond, since a file written twice within a second would otherwise keep its first content.
 */
export const copyCommand = (order: CopyOrder): string[] => [
  '/usr/bin/rsync',
  ...(order.options.archive ? ARCHIVE : []),
  ...(order.options.hardLinks ? ['--hard-links'] : []),
  ...(order.options.delete ? ['--delete'] : []),
  ...(order.options.partial ? ['--partial'] : []),
  ...(order.options.bandwidthLimit > 0 ? [`--bwlimit=${order.options.bandwidthLimit}`] : []),
  '--human-readable',
  '--log-file=/dev/stdout',
  `--info=${order.options.info.join(',')}`,
  ...order.options.extras,
  ...(order.checksum ? ['--checksum'] : []),
  ...ATTRIBUTES,
  '--sparse',
  '--modify-window=-1',
  '--log-file-format=',
  `--password-file=${PASSWORD_FILE}`,
  ...(order.asRoot ? [] : ['--omit-dir-times']),
  NOT_OF_THE_VOLUME,
  ...address(order),
];

const excludes = (extras: readonly string[]): string[] => extras.filter((extra) => /^--(exclude|include|filter)=/.test(extra));

/** The command line of a comparison: nothing is written, every line that begins with eleven change marks is a difference. */
export const compareCommand = (order: CopyOrder): string[] => [
  '/usr/bin/rsync',
  '--dry-run',
  '--checksum',
  '--out-format=%i %n',
  '--stats',
  ...(order.options.archive ? ARCHIVE : ['--recursive']),
  ...(order.options.hardLinks ? ['--hard-links'] : []),
  ...(order.options.delete ? ['--delete'] : []),
  ...excludes(order.options.extras),
  ...ATTRIBUTES,
  `--password-file=${PASSWORD_FILE}`,
  ...(order.asRoot ? [] : ['--omit-dir-times']),
  NOT_OF_THE_VOLUME,
  ...address(order),
];
