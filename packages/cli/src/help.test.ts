import { describe, expect, test } from 'vitest';
import { commands } from './commands/index.ts';
import { exitCodes } from './exit-codes.ts';
import { nouns } from './grammar/nouns.ts';
import { runProgram } from './program.ts';

const help = async (...argv: string[]): Promise<string> => {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const code = await runProgram(argv, { calledAs: 'godwit', commands, carryOut: async () => exitCodes.error, write, fail: write });
  expect(code).toBe(exitCodes.done);
  return text;
};

test('the help of the program names every noun and the exit codes', async () => {
  await expect(await help('--help')).toMatchFileSnapshot('./help.golden.txt');
});

describe('the help of each command', () => {
  test.each(commands.map(({ words }) => [words.join(' '), words] as const))('%s', async (name, words) => {
    await expect(await help(...words, '--help')).toMatchFileSnapshot(`./commands/help.golden/${name.replaceAll(' ', '-')}.txt`);
  });
});

test.each(commands.map((command) => [command.words.join(' '), command] as const))(
  '%s has an example that begins with its words',
  (name, { examples }) => {
    if (name !== 'version') expect(examples.length).toBeGreaterThan(0);
    for (const [comment, line] of examples) {
      expect(comment).toMatch(/^[A-Z]/);
      expect(line.startsWith(name)).toBe(true);
    }
  },
);

test('every verb of the grammar has a command, and every command its verb', () => {
  const pairs = nouns.flatMap(({ name, verbs }) => verbs.map((verb) => `${name} ${verb}`));
  const two = commands.filter(({ words }) => words.length > 1).map(({ words }) => words.slice(0, 2).join(' '));
  expect([...new Set(two)].toSorted()).toEqual(pairs.toSorted());
});

test('help goes by the name that the program was called by', async () => {
  let text = '';
  await runProgram(['plan', 'get', '--help'], {
    calledAs: 'kubectl godwit',
    commands,
    carryOut: async () => exitCodes.done,
    write: (part) => {
      text += part;
    },
    fail: () => {},
  });
  expect(text).toContain('Usage: kubectl godwit plan get');
});
