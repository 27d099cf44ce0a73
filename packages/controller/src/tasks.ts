import type { Clock } from './clock.ts';
import type { Progress } from './effect.ts';
import type { Log } from './log.ts';

/** Long work: reports its progress, ends when the signal aborts. */
export type TaskRun = (signal: AbortSignal, report: (progress: Progress) => void) => Promise<void>;

/** How a task stands. */
export type TaskOutcome = { state: 'running' } | { state: 'done' } | { state: 'failed'; error: unknown };

/** Long work beside the rounds. It lives as long as the process: a phase asks for its task again after a restart. */
export type Tasks = {
  /** Starts the task, unless one of that name runs or is done; a failed one starts again. */
  ensure(name: string, run: TaskRun): void;
  /** The last progress that the task reported. */
  progress(name: string): Progress | undefined;
  /** `undefined` when no task of that name was started in this process. */
  outcome(name: string): TaskOutcome | undefined;
  /** Names of all tasks that are known. */
  names(): string[];
  /** Calls the listener on progress, at most once a second and task, and at once when a task ends. Returns what stops it. */
  onChange(listener: (name: string) => void): () => void;
  /** Stops the task, waits for its end and forgets it. */
  forget(name: string): Promise<void>;
  /** Stops all tasks and waits for their end. */
  close(): Promise<void>;
};

const SECONDS_BETWEEN_WAKES = 1;

type Task = { stop: AbortController; outcome: TaskOutcome; progress?: Progress; ended: Promise<void> };

/** Starts a task; `tell` is called at most once a second while it reports progress, and once at its end. */
const startTask = (run: TaskRun, clock: Clock, tell: () => void): Task => {
  const stop = new AbortController();
  let isWakePending = false;
  const wakeLater = async () => {
    if (isWakePending) return;
    isWakePending = true;
    await clock.sleep(SECONDS_BETWEEN_WAKES, stop.signal).catch(() => {});
    isWakePending = false;
    if (task.outcome.state === 'running') tell();
  };
  const work = async () => {
    try {
      await run(stop.signal, (progress) => {
        task.progress = progress;
        void wakeLater();
      });
      task.outcome = { state: 'done' };
    } catch (error) {
      task.outcome = { state: 'failed', error };
    }
    tell();
  };
  const task: Task = { stop, outcome: { state: 'running' }, ended: Promise.resolve() };
  task.ended = work();
  return task;
};

const stopTask = async (task: Task): Promise<void> => {
  task.stop.abort();
  await task.ended;
};

/** Makes an empty registry of tasks. */
export const createTasks = ({ clock, log }: { clock: Clock; log: Log }): Tasks => {
  const tasks = new Map<string, Task>();
  const listeners = new Set<(name: string) => void>();

  const start = (name: string, run: TaskRun) => {
    const tell = () => {
      // A forgotten task, or one that was started anew, is nobody's business any more.
      if (tasks.get(name) !== task) return;
      if (task.outcome.state === 'failed') log.warn({ task: name, err: task.outcome.error }, 'task failed');
      for (const listener of listeners) listener(name);
    };
    const task = startTask(run, clock, tell);
    tasks.set(name, task);
  };

  return {
    ensure: (name, run) => {
      const state = tasks.get(name)?.outcome.state;
      if (state === undefined || state === 'failed') start(name, run);
    },
    progress: (name) => tasks.get(name)?.progress,
    outcome: (name) => tasks.get(name)?.outcome,
    names: () => [...tasks.keys()],
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    forget: async (name) => {
      const task = tasks.get(name);
      tasks.delete(name);
      if (task) await stopTask(task);
    },
    close: async () => {
      await Promise.all([...tasks.values()].map(stopTask));
    },
  };
};
