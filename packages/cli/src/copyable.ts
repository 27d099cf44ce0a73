import type { Globals } from './globals.ts';

/** What a command to copy depends on: how the program was called, and the flags that lead to its cluster and namespace. */
export type Place = { calledAs: string; globals: Pick<Globals, 'kubeconfig' | 'context' | 'namespace'> };

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const placeFlags = ({ kubeconfig, context, namespace }: Place['globals']): string =>
  Object.entries({ kubeconfig, context, namespace })
    .map(([flag, value]) => (value === undefined ? '' : ` --${flag} ${quoted(value)}`))
    .join('');

/** A command such as `run get`, ready to be copied: it finds what the present command found. */
export const commandLine = ({ calledAs, globals }: Place, words: string): string => `${calledAs} ${words}${placeFlags(globals)}`;

/** The present command, ready to be given again. */
export const sameCommand = (calledAs: string, argv: readonly string[]): string => [calledAs, ...argv.map(quoted)].join(' ');
