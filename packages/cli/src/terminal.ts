import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** Where a command writes. Results go to `out`, everything else to `err`, so that pipes stay clean. */
export type Terminal = {
  /** A line of the result. */
  out(line: string): void;
  /** A line of progress, a warning or an error. */
  err(line: string): void;
  /** Whether results are read off a screen, not by a pipe or a file. */
  onScreen: boolean;
  /** Whether questions can be asked: input and standard error are a terminal. */
  interactive: boolean;
  /** Whether standard error can be drawn over. */
  live: boolean;
  /** Writes as it is to standard error, for drawing. */
  draw(text: string): void;
  /** Columns of the terminal. */
  columns(): number;
  paint(style: 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan', text: string): string;
};

type Streams = {
  stdin: { isTTY?: boolean };
  stdout: NodeJS.WritableStream & { isTTY?: boolean };
  stderr: NodeJS.WritableStream & Partial<WriteStream>;
};

const DEFAULT_COLUMNS = 100;

/** The terminal of a process; `color` false, or NO_COLOR, leaves colours out. */
export const terminalOf = (
  { stdin, stdout, stderr }: Streams,
  { color, environment }: { color: boolean; environment: Readonly<Record<string, string | undefined>> },
): Terminal => {
  const live = stderr.isTTY === true && environment.TERM !== 'dumb';
  const painted = live && color && !environment.NO_COLOR;
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    draw: (text) => void stderr.write(text),
    onScreen: stdout.isTTY === true,
    interactive: live && stdin.isTTY === true,
    live,
    columns: () => stderr.columns || DEFAULT_COLUMNS,
    paint: (style, text) => (painted ? styleText(style, text, { validateStream: false }) : text),
  };
};
