import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../terminal.ts';

/** Lines at the bottom of a terminal that are drawn over; what is said meanwhile stands above them. */
export type LiveBlock = { draw(lines: readonly string[]): void; say(line: string): void; end(): void };

/** A line that is too long loses its colours along with its end: half an escape sequence would paint everything below. */
const fitted = (line: string, columns: number): string => {
  const text = stripVTControlCharacters(line);
  return text.length < columns ? line : `${text.slice(0, columns - 2)}…`;
};

/** A block on standard error. */
export const liveBlock = (terminal: Terminal): LiveBlock => {
  let shown: string[] = [];
  const back = () => (shown.length === 0 ? '' : `\x1b[${shown.length}A\x1b[0J`);
  const put = (before: string, lines: readonly string[]) => {
    const next = lines.map((line) => fitted(line, terminal.columns()));
    terminal.draw(`${back()}${before}${next.map((line) => `${line}\n`).join('')}`);
    shown = next;
  };
  return {
    draw: (lines) => put('', lines),
    say: (line) => put(`${line}\n`, shown),
    end: () => {
      shown = [];
    },
  };
};
