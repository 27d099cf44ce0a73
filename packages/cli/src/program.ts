import { Command as Program } from 'commander';
import type { Command } from './command.ts';
import { type ExitCode, exitCodeHelp, exitCodes } from './exit-codes.ts';
import type { Globals } from './globals.ts';
import { globalFlags } from './globals.ts';
import { nouns } from './grammar/nouns.ts';

/** How a command is carried out once its words and flags are read. */
type CarryOut = (command: Command, names: readonly string[], options: object, globals: Globals) => Promise<ExitCode>;

/** What a program is made of; `write` and `fail` take its help and the complaints of its parser. */
export type ProgramParts = {
  calledAs: string;
  commands: readonly Command[];
  carryOut: CarryOut;
  write: (text: string) => void;
  fail: (text: string) => void;
};

const examplesOf = (calledAs: string, { examples }: Command): string =>
  examples.length === 0 ? '' : `\nExamples:\n${examples.map(([comment, line]) => `  # ${comment}\n  ${calledAs} ${line}`).join('\n\n')}`;

const complaint = (text: string, name: string): string => {
  const said = text
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  return `error: ${said} (Usage); try: ${name} --help\n`;
};

const configured = (program: Program, { write, fail }: ProgramParts, name: string): Program =>
  program
    .exitOverride()
    .helpOption('-h, --help', 'shows this help')
    .configureOutput({ writeOut: write, writeErr: fail, outputError: (text, out) => out(complaint(text, name)) });

/** What a group of commands is about: a noun, or a part of one. */
const summaryOf = (words: readonly string[]): { summary: string; also: readonly string[] } => {
  const noun = nouns.find((each) => each.name === words[0]);
  if (words.length === 1) return { summary: noun?.summary ?? '', also: noun?.also ?? [] };
  return { summary: noun?.parts?.[words[1] ?? ''] ?? '', also: [] };
};

const groupOf = (above: Program, words: readonly string[], parts: ProgramParts): Program => {
  const name = words.at(-1) ?? '';
  const found = above.commands.find((each) => each.name() === name);
  if (found !== undefined) return found;
  const { summary, also } = summaryOf(words);
  const made = configured(above.command(name), parts, `${parts.calledAs} ${words.join(' ')}`).summary(summary);
  return made.description(also.length === 0 ? summary : `${summary}.\nAlso called: ${also.join(', ')}`);
};

const add = (root: Program, command: Command, parts: ProgramParts, ended: (code: ExitCode) => void): void => {
  const before = command.words.slice(0, -1);
  const parent = before.reduce((above, _, at) => groupOf(above, before.slice(0, at + 1), parts), root);
  const program = configured(parent.command(command.words.at(-1) ?? ''), parts, `${parts.calledAs} ${command.words.join(' ')}`);
  program.summary(command.summary).description(command.summary);
  for (const [name, meaning] of command.takes ?? []) program.argument(name, meaning);
  for (const [flags, meaning, fallback] of command.flags ?? []) program.option(flags, meaning, fallback);
  program.addHelpText('after', examplesOf(parts.calledAs, command));
  program.action(async () => {
    const globals = root.opts() as Globals;
    ended(
      await parts.carryOut(
        command,
        program.processedArgs.flat().filter((each) => each !== undefined),
        program.opts(),
        globals,
      ),
    );
  });
};

const rootOf = (parts: ProgramParts): Program => {
  const root = configured(new Program(parts.calledAs), parts, parts.calledAs);
  root.description(
    'Moves applications between Kubernetes clusters, hosts control planes of clusters and moves them, and upgrades single-node clusters by images: with the proof that nothing was lost.',
  );
  for (const [flags, meaning, fallback] of globalFlags) root.option(flags, meaning, fallback);
  root.helpCommand('help [words...]', 'shows the help of a command');
  return root.addHelpText('after', `\n${exitCodeHelp}`);
};

const isUsage = (error: unknown): error is { exitCode: number; code: string } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');

/** Reads the arguments (in normal order), carries out the command that they name, and gives its exit code. */
export const runProgram = async (argv: readonly string[], parts: ProgramParts): Promise<ExitCode> => {
  const root = rootOf(parts);
  let code: ExitCode = exitCodes.done;
  for (const command of parts.commands)
    add(root, command, parts, (ended) => {
      code = ended;
    });
  try {
    await root.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!isUsage(error)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
};
