import { spawn } from 'node:child_process';
import { pipeline, Readable } from 'node:stream';

/** How a command is run: `input` goes to its standard input, and a stream that breaks ends it; so does `signal`. */
type RunOptions = { readonly input?: string | Readable; readonly signal?: AbortSignal | undefined };

/** Runs a program to its end and returns what it printed to standard output; throws a CommandFailed otherwise. */
export type Run = (argv: readonly string[], options?: RunOptions) => Promise<string>;

/** A program that ended badly, or could not be started; the message names it and carries its last words. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
  readonly said: string;
  /** Its exit code; undefined: it did not end by itself. */
  readonly code: number | undefined;
  constructor(argv: readonly string[], ending: string, said: string, code?: number) {
    super(`${argv.join(' ')} ${ending}: ${said}`);
    this.said = said;
    this.code = code;
  }
}

const WORDS = 4_000;

/** What a program says last tells why it failed; the rest may be megabytes. */
const lastWords = (text: string): string => text.trim().slice(-WORDS);

const endingOf = (code: number | null, signal: string | null): string =>
  signal === null ? `failed with exit code ${code}` : `was ended by ${signal}`;

/** A program may end without having read all of its input: whether that is wrong, its exit code says. */
const UNREAD = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'];

/** Programs of this machine, in a fixed language, so that what they print can be read by a program. */
export const runHere: Run = (argv, { input = '', signal } = {}) =>
  new Promise((resolve, reject) => {
    const [program = '', ...args] = argv;
    const child = spawn(program, args, { env: { ...process.env, LC_ALL: 'C' }, stdio: 'pipe', ...(signal && { signal }) });
    const printed: Buffer[] = [];
    let said = '';
    let broken: Error | undefined;
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      said = lastWords(said + chunk.toString());
    });
    child.on('error', (error) => reject(signal?.aborted ? error : new CommandFailed(argv, 'could not be run', error.message)));
    child.on('close', (code, ended) => {
      const output = Buffer.concat(printed).toString();
      if (broken !== undefined) reject(new CommandFailed(argv, 'got no whole input', broken.message));
      else if (code === 0) resolve(output);
      else reject(new CommandFailed(argv, endingOf(code, ended), said || lastWords(output), code ?? undefined));
    });
    pipeline(typeof input === 'string' ? Readable.from([input]) : input, child.stdin, (error) => {
      if (!error || UNREAD.includes(error.code ?? '')) return;
      broken = error;
      child.kill();
    });
  });

/** Runs programs behind a prefix, such as a chroot or another process's namespaces. */
export const runBehind =
  (prefix: readonly string[], run: Run = runHere): Run =>
  (argv, options) =>
    run([...prefix, ...argv], options);
