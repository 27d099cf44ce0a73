import type { Terminal } from '../terminal.ts';
import { liveBlock } from './live-block.ts';
import { runLines, runNews } from './run-lines.ts';
import type { RunState } from './state.ts';

/** Shows what a command is doing: drawn in place on a terminal, one line per change elsewhere. */
export type Reporter = {
  /** The command comes to its next step. */
  step(title: string): void;
  /** Something worth keeping on the screen. */
  note(line: string): void;
  /** A run has changed. */
  run(state: RunState): void;
  /** Leaves what is drawn as it stands, so that somebody else may write; the next change is drawn below. */
  release(): void;
  end(): void;
};

const REDRAW_MILLISECONDS = 1000;

const plain = (terminal: Terminal, total: number): Reporter => {
  let at = 0;
  let last: RunState | undefined;
  return {
    step: (title) => terminal.err(`[${++at}/${total}] ${title}`),
    note: (line) => terminal.err(`      ${line}`),
    run: (state) => {
      for (const line of runNews(last, state)) terminal.err(`  ${line}`);
      last = state;
    },
    release: () => {},
    end: () => {},
  };
};

const live = (terminal: Terminal, total: number): Reporter => {
  const block = liveBlock(terminal);
  let at = 0;
  let title = '';
  let last: RunState | undefined;
  const clock = setInterval(() => last && draw(last), REDRAW_MILLISECONDS);
  clock.unref();
  const draw = (state: RunState) =>
    block.draw([terminal.paint('bold', `[${at}/${total}] ${title}`), ...runLines(state, new Date()).map((line) => `  ${line}`)]);
  return {
    step: (next) => {
      if (title !== '') block.say(`${terminal.paint('green', '✓')} ${title}`);
      [title, last] = [next, undefined];
      at += 1;
      block.draw([terminal.paint('bold', `[${at}/${total}] ${title}`)]);
    },
    note: (line) => block.say(`      ${line}`),
    run: (state) => {
      last = state;
      draw(state);
    },
    release: block.end,
    end: () => {
      clearInterval(clock);
      block.end();
    },
  };
};

/** A reporter for so many steps. */
export const createReporter = (terminal: Terminal, steps: number): Reporter =>
  terminal.live ? live(terminal, steps) : plain(terminal, steps);
