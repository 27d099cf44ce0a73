import type { Pod } from '@godwit/api';
import type { Clock, Effect, Progress } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { Ending } from './client-pods.ts';
import { type CopyProgress, readProgress } from './log-progress.ts';
import { exitCodeIn } from './run-script.ts';

const KEPT = 2048;

/** The newest progress of each client, by the UID of its pod. */
export type Observed = Map<string, CopyProgress>;

const numbers = ({ bytesDone, bytesTotal, bytesPerSecond, filesDone }: CopyProgress): Progress => ({
  ...(bytesDone === undefined ? {} : { bytesDone }),
  ...(bytesTotal === undefined ? {} : { bytesTotal }),
  ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  ...(filesDone === undefined ? {} : { itemsDone: filesDone }),
});

/** What following a client needs of the work that it belongs to. */
export type Following = { client: Client; clock: Clock; taskPrefix: string; observed: Observed; endings: Map<string, Ending> };

const AGAIN_AFTER_SECONDS = 5;

const endOf = (text: string, exitCode: number, clock: Clock): Ending => {
  const kept = text.slice(-KEPT);
  // A line that was cut at its beginning says less than nothing.
  const message = kept.length < KEPT ? kept : kept.slice(kept.indexOf('\n') + 1);
  return { exitCode, message: exitCode === 0 ? '' : message, finishedAt: clock.now().toISOString() };
};

const follow = async (
  { client, clock, observed, endings }: Following,
  pod: Pod,
  signal: AbortSignal,
  report: (progress: Progress) => void,
) => {
  const { namespace, name = '', uid = '' } = pod.metadata;
  let text = '';
  for await (const chunk of client.logs({ namespace, name }, { container: 'rsync', follow: true, signal })) {
    text = (text + chunk).slice(-KEPT - chunk.length);
    const progress = readProgress(text, observed.get(uid));
    observed.set(uid, progress);
    report(numbers(progress));
    const exitCode = exitCodeIn(text);
    if (exitCode === undefined) continue;
    endings.set(uid, endOf(text, exitCode, clock));
    return;
  }
  throw new Error(`the log of ${namespace}/${name} ended before rsync did`);
};

/** Reads the log of a client as it is written, beside the loop, until it tells its end. */
export const followClient = (following: Following, pod: Pod): Effect => {
  const { namespace, name, uid = '' } = pod.metadata;
  return {
    do: 'task',
    name: `${following.taskPrefix}${uid}`,
    about: `follows the log of ${namespace}/${name}`,
    run: async (signal, report) => {
      try {
        await follow(following, pod, signal, report);
      } catch (error) {
        // The loop asks for a broken task again at once: the pause keeps it from asking without end.
        await following.clock.sleep(AGAIN_AFTER_SECONDS, signal);
        throw error;
      }
    },
  };
};

const FINAL_LINES = 60;

/** Reads the totals that a client printed at its end; undefined when its log is gone. */
export const finalProgress = async (client: Client, pod: Pod): Promise<CopyProgress | undefined> => {
  const { namespace, name = '' } = pod.metadata;
  let text = '';
  try {
    for await (const chunk of client.logs({ namespace, name }, { container: 'rsync', tailLines: FINAL_LINES })) text += chunk;
  } catch {
    // The log only makes the numbers exact; a copy that ended well does not fail for it.
    return undefined;
  }
  const progress = readProgress(text);
  return { ...progress, percent: '100%' };
};
