import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestTexts } from './manifests.ts';
import { settingTexts } from './settings.ts';
import { unitTexts } from './units.ts';

/** A release of a node's system, as data. */
export type Release = {
  /** Such as 4.20.1; becomes VERSION_ID. */
  version: string;
  /** More files, by their paths in the running system (`/etc/…`, `/usr/…`). Scripts below /usr/libexec and /usr/local/bin can be executed. */
  files?: Readonly<Record<string, string>>;
  /** More units, by file name (`x.service`); all are enabled. */
  units?: Readonly<Record<string, string>>;
};

/** The kernel that the boot loader entries name; no machine loads it, since a node runs on its host's. */
const KERNEL = '6.1.0-godwit';

const FILES = join(import.meta.dirname, 'files');

const UNITS = '/usr/lib/systemd/system';

const osRelease = (version: string): string =>
  [
    `PRETTY_NAME="Godwit node ${version}"`,
    'NAME="Godwit node"',
    'ID=godwit',
    'ID_LIKE=debian',
    `VERSION="${version}"`,
    `VERSION_ID="${version}"`,
    `OSTREE_VERSION="${version}"`,
    '',
  ].join('\n');

const withPrefix = (prefix: string, texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${prefix}/${name}`, text]));

/** Every text of a release by its path in the running system. */
export const textsOf = ({ version, files = {}, units = {} }: Release): Record<string, string> => ({
  '/usr/lib/os-release': osRelease(version),
  [`/usr/lib/modules/${KERNEL}/vmlinuz`]: `kernel of ${version}\n`,
  [`/usr/lib/modules/${KERNEL}/initramfs.img`]: `initramfs of ${version}\n`,
  ...settingTexts(),
  ...withPrefix('/usr/share/godwit/manifests', manifestTexts(version)),
  ...withPrefix(UNITS, { ...unitTexts(), ...units }),
  ...files,
});

const modeOf = (path: string): number => (/^\/usr\/(libexec|local\/bin|bin)\//.test(path) ? 0o755 : 0o644);

/** A tree keeps the beginning of /etc in /usr/etc. */
const inTree = (tree: string, path: string): string => join(tree, path.replace(/^\/etc\//, '/usr/etc/'));

/** Everything that decides what a release is, beside its lower layers. */
export const releaseTexts = (release: Release): string[] => [
  ...Object.entries(textsOf(release)).flat(),
  ...readdirSync(FILES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
];

/** Writes what distinguishes a release into an empty folder, the uppermost layer of its tree. */
export const writeRelease = (tree: string, release: Release): void => {
  cpSync(FILES, tree, { recursive: true });
  for (const [path, text] of Object.entries(textsOf(release))) {
    const place = inTree(tree, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text, { mode: modeOf(path) });
  }
  const wants = join(tree, UNITS, 'multi-user.target.wants');
  mkdirSync(wants, { recursive: true });
  for (const name of Object.keys({ ...unitTexts(), ...release.units })) symlinkSync(`../${name}`, join(wants, name));
};
