import type { Run } from '../host/run.ts';
import { gunzipped } from './gunzipped.ts';

const LETTERS: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3}|.)/g, (_all, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (LETTERS[code] ?? code),
  );

/** The names that tar would unpack of an archive's member, byte by byte: names of files need not be text. */
export const namesInArchive = async (run: Run, archive: string, member: string, signal: AbortSignal): Promise<Buffer[]> => {
  const printed = await run(['tar', 'tf', '-', '--quoting-style=escape', member], { input: gunzipped(archive), signal });
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(unescaped(line), 'latin1'));
};
