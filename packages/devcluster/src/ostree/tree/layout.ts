import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Top folders whose contents are state: links into /var. */
const STATE: readonly string[] = ['home', 'media', 'mnt', 'opt', 'root', 'srv'];

/** Where file systems are mounted at boot. */
const MOUNTED: readonly string[] = ['boot', 'dev', 'proc', 'run', 'sys', 'sysroot', 'tmp', 'var'];

const clear = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};

/** Gives a root file system the layout of a deployable tree: /etc becomes /usr/etc, state lies in /var, which begins empty. */
export const layOut = (tree: string): void => {
  for (const name of STATE) {
    clear(join(tree, name));
    symlinkSync(`var/${name}`, join(tree, name));
  }
  clear(join(tree, 'usr/local'));
  symlinkSync('../var/usrlocal', join(tree, 'usr/local'));
  // What is known of the packages is part of the system, not of its state.
  mkdirSync(join(tree, 'usr/lib/sysimage'), { recursive: true });
  renameSync(join(tree, 'var/lib/dpkg'), join(tree, 'usr/lib/sysimage/dpkg'));
  for (const name of MOUNTED) {
    clear(join(tree, name));
    mkdirSync(join(tree, name));
  }
  symlinkSync('sysroot/ostree', join(tree, 'ostree'));
  for (const name of readdirSync(tree).filter((each) => /^(vmlinuz|initrd)/.test(each))) clear(join(tree, name));
  if (existsSync(join(tree, 'etc'))) renameSync(join(tree, 'etc'), join(tree, 'usr/etc'));
  writeFileSync(join(tree, 'usr/etc/machine-id'), '');
  writeFileSync(join(tree, 'usr/etc/resolv.conf'), '');
  symlinkSync('../run/godwit/hosts', join(tree, 'usr/etc/hosts'));
};
