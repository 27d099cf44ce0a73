/** How an image is made from Debian packages; everything in it decides whether it is built anew. */
export type ImageRecipe = {
  name: string;
  /** Installed with what they depend on, without what they only recommend. */
  packages: readonly string[];
  /** Path patterns that are never unpacked, as dpkg's `path-exclude` takes them. */
  exclude: readonly string[];
  /** Shell patterns below the root file system that are deleted after all package scripts have run. */
  remove: readonly string[];
  /** Shell lines that run before the packages are installed; `$1` is the root file system. */
  prepare: readonly string[];
};

const VERSION = '0.1.0';

/** What a copied volume travels through: rsync behind stunnel. */
export const TRANSFER_IMAGE = `localhost/godwit/transfer:${VERSION}`;

/** Database, web server and writer of the sample application. */
export const SHOP_IMAGE = `localhost/godwit/shop:${VERSION}`;

/** What nobody reads in a container. */
export const DOCUMENTATION: readonly string[] = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/info/*',
  '/usr/share/locale/*',
  '/usr/share/lintian/*',
  '/usr/share/bug/*',
];

/** Package scripts need Perl's modules; what runs in the pods does not. The rest would tell about the machine that built the image. */
export const BUILD_ONLY: readonly string[] = [
  'usr/share/perl/*',
  'usr/lib/*/perl/*',
  'var/cache/debconf/*',
  'var/log/*',
  'etc/resolv.conf',
  'etc/hostname',
  'etc/apt/sources.list',
];

const transfer: ImageRecipe = {
  name: TRANSFER_IMAGE,
  // systemd-standalone-sysusers stands in for all of systemd; attr lists and sets extended attributes.
  packages: ['rsync', 'stunnel4', 'systemd-standalone-sysusers', 'attr'],
  exclude: DOCUMENTATION,
  remove: BUILD_ONLY,
  prepare: [],
};

const shop: ImageRecipe = {
  name: SHOP_IMAGE,
  packages: ['postgresql-15', 'lighttpd', 'attr'],
  // PostgreSQL runs without its just-in-time compiler, which is two thirds of the size.
  exclude: [
    ...DOCUMENTATION,
    '/usr/lib/*/libLLVM*',
    '/usr/lib/llvm*',
    '/usr/lib/*/libz3*',
    '/usr/lib/postgresql/*/lib/llvmjit*',
    '/usr/lib/postgresql/*/lib/bitcode/*',
  ],
  remove: [...BUILD_ONLY, 'usr/share/i18n'],
  prepare: [
    // A number that stays: the files of a volume belong to it on every cluster and under every later image.
    'echo "postgres:x:999:" >> "$1/etc/group"',
    'echo "postgres:x:999:999:PostgreSQL:/var/lib/postgresql:/bin/bash" >> "$1/etc/passwd"',
    'mkdir -p "$1/etc/postgresql-common"',
    'echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"',
  ],
};

/** Every image that is made from Debian packages. */
export const IMAGES = { transfer, shop } as const;
