import { readFileSync } from 'node:fs';

/** What one file weighs. Functions are found by indentation, which the formatter guarantees. */
export type Measured = { path: string; lines: number; functions: { name: string; lines: number }[]; undocumented: string[] };

const OPENS_FUNCTION = /(=>|\)(: [^=;]+)?) \{$|^\s*(export )?(async )?function\b.*\{$/;
const NOT_A_FUNCTION = /^\s*(if|for|while|switch|} else|} catch|do|try|with)\b/;
const EXPORT = /^export (?:const|function|class|type|async function|abstract class) (\w+)/;

const indentOf = (line: string) => line.length - line.trimStart().length;

const endOf = (lines: readonly string[], start: number): number => {
  const indent = indentOf(lines[start] ?? '');
  const end = lines.findIndex((line, at) => at > start && line.trim() !== '' && indentOf(line) <= indent);
  return end === -1 ? lines.length - 1 : end;
};

/** Counts lines, functions and exports without a doc comment of one source file. */
export const measureSource = (path: string): Measured => {
  const lines = readFileSync(path, 'utf8').split('\n');
  const functions = lines.flatMap((line, at) =>
    OPENS_FUNCTION.test(line) && !NOT_A_FUNCTION.test(line) ? [{ name: `${path}:${at + 1}`, lines: endOf(lines, at) - at + 1 }] : [],
  );
  const undocumented = lines.flatMap((line, at) => {
    const name = EXPORT.exec(line)?.[1];
    return name !== undefined && !lines[at - 1]?.trimEnd().endsWith('*/') ? [`${path}: ${name}`] : [];
  });
  return { path, lines: lines.length - 1, functions, undocumented };
};
