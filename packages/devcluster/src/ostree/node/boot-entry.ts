import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One entry of the boot loader, as far as a boot needs it. */
export type BootEntry = { version: number; options: string };

/** Reads an entry of the Boot Loader Specification; undefined when it names no deployment. */
export const parseBootEntry = (text: string): BootEntry | undefined => {
  const value = (key: string): string | undefined => new RegExp(`^${key}\\s+(.*)$`, 'm').exec(text)?.[1]?.trim();
  const options = value('options') ?? '';
  return /(^|\s)ostree=\S+/.test(options) ? { version: Number(value('version') ?? 0), options } : undefined;
};

/** The entry that a boot loader starts: the one with the highest version. */
export const defaultEntry = (entries: readonly BootEntry[]): BootEntry | undefined =>
  entries.toSorted((one, other) => other.version - one.version)[0];

/** A deployment to be entered: its folder, its stateroot, and the kernel's command line. */
export type BootTarget = { stateroot: string; deployment: string; commandLine: string };

/** What a physical root boots next. */
export const bootTarget = (sysroot: string): BootTarget => {
  const folder = join(sysroot, 'boot/loader/entries');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.conf')) : [];
  const entry = defaultEntry(names.flatMap((name) => parseBootEntry(readFileSync(join(folder, name), 'utf8')) ?? []));
  if (!entry)
    throw new Error(
      `Nothing can be booted: ${folder} has no entry of a deployment. Deploy a release: ostree admin deploy --sysroot=${sysroot}`,
    );
  const link = /(?:^|\s)ostree=(\S+)/.exec(entry.options)?.[1] ?? '';
  const deployment = realpathSync(join(sysroot, link));
  return { deployment, stateroot: basename(dirname(dirname(deployment))), commandLine: entry.options };
};
