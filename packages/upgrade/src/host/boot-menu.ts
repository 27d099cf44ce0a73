import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ARGUMENT = /(?:[^\s"]|"[^"]*")+/g;

const field = (text: string, name: string): string => new RegExp(`^${name}[ \\t]+(.*)$`, 'm').exec(text)?.[1] ?? '';

/** Takes a line of kernel arguments apart; quotes stay, and hold spaces together. */
export const splitArguments = (line: string): string[] => [...line.matchAll(ARGUMENT)].map(([argument]) => argument);

/** The kernel arguments of an entry of the boot menu, counted from the one that boots next. */
export const readKernelArguments = async (folder: string, index: number): Promise<string[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.conf'));
  const entries = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const entry = entries.sort((one, other) => Number(field(other, 'version')) - Number(field(one, 'version')))[index];
  if (entry === undefined) throw new Error(`${folder} has ${entries.length} entries, and none for deployment ${index}`);
  return splitArguments(field(entry, 'options'));
};
