import { wordsOf } from './words.ts';

const assignment = (text: string): [string, string] | undefined => {
  const found = /^\s*([A-Za-z_]\w*)=(.*)$/s.exec(text);
  return found ? [found[1] ?? '', found[2] ?? ''] : undefined;
};

/** Variables of an `Environment=` line: words of the form NAME=value. */
export const environmentOf = (line: string): Record<string, string> =>
  Object.fromEntries(wordsOf(line).flatMap((word) => [assignment(word) ?? []].filter((pair) => pair.length > 0)) as [string, string][]);

const unquoted = (value: string): string => /^(["'])(.*)\1$/s.exec(value.trim())?.[2] ?? value.trim();

/** Variables of a file of NAME=value lines, as `EnvironmentFile=` names it; empty lines and comments are skipped. */
export const environmentOfFile = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => !/^\s*[#;]/.test(line))
      .flatMap((line) => {
        const pair = assignment(line);
        return pair ? [[pair[0], unquoted(pair[1])] as const] : [];
      }),
  );
