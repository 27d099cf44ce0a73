import { commands } from './commands/index.ts';
import { Interrupted } from './interruption.ts';
import { run } from './run.ts';

/** What a call of the program came to; `error` is its last line of that sort. */
export type Outcome = { exitCode: number; stdout: string; stderr: string; error: string };

/** How a call is watched: `onLine` hears of every line of standard error and may interrupt; `onScreen` gives it a terminal to write to. */
type Calling = { onLine?: (line: string, interrupt: () => void) => void; onScreen?: boolean };

/** The program as it is called with a kubeconfig; `stateHome` holds its logs. */
export const callerOf =
  (kubeconfig: string, stateHome: string) =>
  async (line: string, { onLine, onScreen = false }: Calling = {}): Promise<Outcome> => {
    const [out, err]: [string[], string[]] = [[], []];
    const stop = new AbortController();
    const interrupt = () => stop.abort(new Interrupted('interrupted'));
    const tell = (text: string) => {
      err.push(text);
      onLine?.(text, interrupt);
    };
    const exitCode = await run(line.split(' ').filter(Boolean), commands, {
      calledAs: 'godwit',
      environment: { KUBECONFIG: kubeconfig, XDG_STATE_HOME: stateHome },
      terminal: () => ({
        out: (text) => void out.push(text),
        err: tell,
        draw: tell,
        onScreen,
        interactive: false,
        live: false,
        columns: () => 100,
        paint: (_style, text) => text,
      }),
      interruption: () => ({ signal: stop.signal, release: () => {} }),
      write: (text) => void out.push(text.trimEnd()),
      fail: (text) => tell(text.trimEnd()),
    });
    return { exitCode, stdout: out.join('\n'), stderr: err.join('\n'), error: err.findLast((each) => each.startsWith('error:')) ?? '' };
  };
