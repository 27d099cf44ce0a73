type Command = readonly string[];

/** What keeps ownership, labels and attributes of files whole on their way through an archive. */
export const FAITHFUL = ['--selinux', '--xattrs', '--xattrs-include=*', '--acls'] as const;

/** What of /var belongs to one machine, or can be made again, and so to no seed. */
const VAR_EXCLUDES = [
  '*/.bash_history',
  'var/tmp/*',
  'var/log/*',
  'var/lib/lca',
  'var/lib/log/*',
  'var/lib/cni/bin/*',
  'var/lib/containers/*',
  'var/lib/kubelet/pods/*',
  'var/lib/ovn-ic/etc/*',
] as const;

const excluding = (patterns: readonly string[]): string[] => patterns.map((pattern) => `--exclude=${pattern}`);

/** Archives a whole repository of ostree. */
export const archiveRepository = (repository: string, archive: string): Command => [
  'tar',
  'czf',
  archive,
  ...FAITHFUL,
  '-C',
  repository,
  '.',
];

/** Archives /var below a root, without what stays behind; `more` are further exclusions, such as those of the host's own data disk. */
export const archiveVar = (root: string, archive: string, more: readonly string[] = []): Command => [
  'tar',
  'czf',
  archive,
  ...FAITHFUL,
  ...excluding([...VAR_EXCLUDES, ...more]),
  '-C',
  root,
  'var',
];

/**
 * Archives files of /etc below a root; their names, relative to the root, are read from standard input, one per line. A folder goes with all in
 * it, unless `more` says `--no-recursion`.
 */
export const archiveEtc = (root: string, archive: string, more: readonly string[] = []): Command => [
  'tar',
  'czf',
  archive,
  ...FAITHFUL,
  ...more,
  '-C',
  root,
  '-T',
  '-',
];
