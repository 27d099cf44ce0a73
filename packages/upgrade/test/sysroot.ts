import { mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHere } from '../src/host/run.ts';
import { commitTree, writeTree } from './tree.ts';

/** A folder with an ostree sysroot below a place, in which one system is deployed in the stateroot rhcos. */
export const newSysroot = async (version = '4.20.1', place = tmpdir()): Promise<string> => {
  const folder = mkdtempSync(join(place, 'godwit-sysroot-'));
  await runHere(['ostree', 'admin', 'init-fs', '--modern', folder]);
  await runHere(['ostree', 'admin', 'os-init', `--sysroot=${folder}`, 'rhcos']);
  const tree = mkdtempSync(join(tmpdir(), 'godwit-tree-'));
  await commitTree(join(folder, 'ostree/repo'), writeTree(tree, { version }), version);
  await rm(tree, { recursive: true });
  await runHere(['ostree', 'admin', 'deploy', `--sysroot=${folder}`, '--os', 'rhcos', '--karg', 'rw', `seed/${version}`]);
  return folder;
};

/** Removes a sysroot, deployments and all; those are immutable. */
export const removeSysroot = async (folder: string): Promise<void> => {
  await runHere(['sh', '-c', 'chattr -i "$1"/ostree/deploy/*/deploy/*.[0-9] || true', 'sh', folder]);
  await rm(folder, { recursive: true, force: true });
};

/** An entry of the boot menu: how it ranks, the kernel's arguments, and the folder that it boots. */
export type BootEntry = { readonly version: number; readonly options: string; readonly folder: string; readonly stateroot: string };

const field = (text: string, name: string): string => new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1] ?? '';

/** Reads the boot menu, the entry that boots next first. */
export const bootEntries = (folder: string): BootEntry[] => {
  const entries = join(folder, 'boot/loader/entries');
  return readdirSync(entries)
    .map((name) => readFileSync(join(entries, name), 'utf8'))
    .map((text) => {
      const options = field(text, 'options');
      const link = / ?ostree=(\S+)/.exec(options)?.[1] ?? '';
      return {
        version: Number(field(text, 'version')),
        options,
        folder: realpathSync(join(folder, link)),
        stateroot: link.split('/')[3] ?? '',
      };
    })
    .sort((one, other) => other.version - one.version);
};
