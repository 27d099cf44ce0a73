import { readFileSync } from 'node:fs';

/** What one file weighs. Functions are found by indentation, which the formatter guarantees. */
export type Measured = { path: string; lines: number; functions: { name: string; lines: number }[]; undocumented: string[] };

const OPENS_FUNCTION = /(=>|\)(: [^=;]+)?) \{$|^\s*(export )?(async )?function\b.*\{$/;
const NOT_A_FUNCTION = /^\s*(if|for|while|switch|} else|} catch|do|try|with)\b/;
/** In a file of reasons the sentence that a reason says is its documentation. */
const SPEAKS_FOR_ITSELF = /(^|\/)reasons\.ts$/;
const EXPORT = /^export (?:const|function|class|type|async function|abstract class) (\w+)/;

const indentOf = (line: string) => line.length - line.trimStart().length;

const endOf = (lines: readonly string[], start: number): number => {
  const indent = indentOf(lines[start] ?? '');
  const end = lines.findIndex((line, at) => at > start && line.trim() !== '' && indentOf(line) <= indent);
  return end === -1 ? lines.length - 1 : end;
};

/** Counts lines, functions and exports without a doc comment in the text of a source file. */
export const measureText = (path: string, text: string): Measured => {
  const lines = text.split('\n');
  const functions = lines.flatMap((line, at) =>
    OPENS_FUNCTION.test(line) && !NOT_A_FUNCTION.test(line) ? [{ name: `${path}:${at + 1}`, lines: endOf(lines, at) - at + 1 }] : [],
  );
  const undocumented = lines.flatMap((line, at) => {
    const name = EXPORT.exec(line)?.[1];
    return name !== undefined && !SPEAKS_FOR_ITSELF.test(path) && !lines[at - 1]?.trimEnd().endsWith('*/') ? [`${path}: ${name}`] : [];
  });
  return { path, lines: lines.length - 1, functions, undocumented };
};

/** Measures the source file at this path. */
export const measureSource = (path: string): Measured => measureText(path, readFileSync(path, 'utf8'));
