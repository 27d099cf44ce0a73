import type { ExitCode } from './exit-codes.ts';
import type { Invocation } from './invocation.ts';

/** A flag of a command, in commander's notation: flags, what it means, and its default. */
export type Flag = readonly [flags: string, meaning: string, fallback?: string];

/** One command: the words that call it, what it takes, and what it does. `Options` are the values of its flags in camel case. */
export type CommandDefinition<Options> = {
  /** One word, noun and verb, or noun, part and verb. */
  words: readonly [string] | readonly [string, string] | readonly [string, string, string];
  summary: string;
  /** In commander's notation, for instance `<plan>` or `[name...]`. */
  takes?: readonly (readonly [name: string, meaning: string])[];
  flags?: readonly Flag[];
  /** Pairs of a comment and a command without the program's name. */
  examples: readonly (readonly [comment: string, line: string])[];
  /** Does the work; the exit code is 0 unless another one is returned. */
  run: (invocation: Invocation, names: readonly string[], options: Options) => Promise<ExitCode | undefined>;
};

/** A command among others, whatever its options are. */
export type Command = CommandDefinition<never>;

/** Declares a command. */
export const command = <Options extends object = object>(definition: CommandDefinition<Options>): Command => definition;
