import { dirname } from 'node:path';
import { findPrograms } from '../binaries/programs.ts';
import { toStandardError } from '../progress.ts';
import { setKubeconfigPath } from '../sets/start.ts';
import { requireState } from '../sets/state.ts';
import type { Command } from './run.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Prints shell commands that put the built kubectl and the kubeconfig of the set in reach. */
export const env: Command = async ({ set }) => {
  requireState(set);
  const kubectl = (await findPrograms(['kubectl'], toStandardError))('kubectl');
  process.stdout.write(`export PATH=${quoted(dirname(kubectl))}:"$PATH"\nexport KUBECONFIG=${quoted(setKubeconfigPath(set))}\n`);
};
