import type { Pod } from '@godwit/api';
import type { Effect, Progress } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { type CopyProgress, readProgress } from './log-progress.ts';

const HELD_BACK = 512;

/** The newest progress of each client, by the UID of its pod. */
export type Observed = Map<string, CopyProgress>;

const numbers = ({ bytesDone, bytesTotal, bytesPerSecond, filesDone }: CopyProgress): Progress => ({
  ...(bytesDone === undefined ? {} : { bytesDone }),
  ...(bytesTotal === undefined ? {} : { bytesTotal }),
  ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
  ...(filesDone === undefined ? {} : { itemsDone: filesDone }),
});

/** Reads the log of a client as it is written, beside the loop, until its container ends. */
export const followClient = (client: Client, pod: Pod, name: string, observed: Observed): Effect => {
  const { namespace, name: podName = '', uid = '' } = pod.metadata;
  return {
    do: 'task',
    name,
    about: `follows the log of ${namespace}/${podName}`,
    run: async (signal, report) => {
      let rest = '';
      for await (const chunk of client.logs({ namespace, name: podName }, { container: 'rsync', follow: true, signal })) {
        const text = rest + chunk;
        const progress = readProgress(text, observed.get(uid));
        observed.set(uid, progress);
        report(numbers(progress));
        rest = text.slice(-HELD_BACK).split('\r').at(-1) ?? '';
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
