import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

async function* chunks(parts: readonly (string | number[])[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : Uint8Array.from(part);
}

test.each([
  ['one line in a chunk', ['a\n'], ['a']],
  ['several lines in a chunk', ['a\nb\nc\n'], ['a', 'b', 'c']],
  ['a line over many chunks', ['a', 'b', 'c', '\nd\n'], ['abc', 'd']],
  ['a last line without an end', ['a\nb'], ['a', 'b']],
  ['empty lines', ['\n\na\n\n'], ['a']],
  [
    'a character cut in two',
    [
      [0x27, 0xc3],
      [0xa9, 0x27, 0x0a],
    ],
    ["'é'"],
  ],
  ['nothing', [], []],
])('reads %s', async (_title, parts, expected) => {
  const lines: string[] = [];
  for await (const line of linesOf(chunks(parts))) lines.push(line);
  expect(lines).toEqual(expected);
});
