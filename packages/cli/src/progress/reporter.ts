import type { Terminal } from '../terminal.ts';
import { liveBlock } from './live-block.ts';
import { runLines, runNews } from './run-lines.ts';
import type { RunState } from './state.ts';

/** Shows what a command is doing: drawn in place on a terminal, one line per change elsewhere. */
export type Reporter<State = RunState> = {
  /** The command comes to its next step. */
  step(title: string): void;
  /** Something worth keeping on the screen. */
  note(line: string): void;
  /** What is followed has changed. */
  run(state: State): void;
  /** Leaves what is drawn as it stands, so that somebody else may write; the next change is drawn below. */
  release(): void;
  end(): void;
};

/** How something that is followed is shown: as a block that is redrawn, and as the lines that are new since an earlier state. */
export type View<State> = {
  lines(state: State, now: Date): readonly string[];
  news(before: State | undefined, state: State): readonly string[];
};

const REDRAW_MILLISECONDS = 1000;

const plain = <State>(terminal: Terminal, total: number, { news }: View<State>): Reporter<State> => {
  let at = 0;
  let last: State | undefined;
  return {
    step: (title) => terminal.err(`[${++at}/${total}] ${title}`),
    note: (line) => terminal.err(`      ${line}`),
    run: (state) => {
      for (const line of news(last, state)) terminal.err(`  ${line}`);
      last = state;
    },
    release: () => {},
    end: () => {},
  };
};

const live = <State>(terminal: Terminal, total: number, { lines }: View<State>): Reporter<State> => {
  const block = liveBlock(terminal);
  let at = 0;
  let title = '';
  let last: State | undefined;
  const clock = setInterval(() => last && draw(last), REDRAW_MILLISECONDS);
  clock.unref();
  const draw = (state: State) =>
    block.draw([terminal.paint('bold', `[${at}/${total}] ${title}`), ...lines(state, new Date()).map((line) => `  ${line}`)]);
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

/** A reporter for so many steps, with a view of what is followed in them. */
export const reporterFor = <State>(terminal: Terminal, steps: number, view: View<State>): Reporter<State> =>
  terminal.live ? live(terminal, steps, view) : plain(terminal, steps, view);

/** A reporter for so many steps, of which one may follow a run of a plan. */
export const createReporter = (terminal: Terminal, steps: number): Reporter =>
  reporterFor(terminal, steps, { lines: runLines, news: runNews });
