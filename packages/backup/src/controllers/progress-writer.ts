/** Writes progress one after the other and skips what is out of date by the time that its turn comes. */
export type ProgressWriter<T> = { tell(progress: T): void; settled(): Promise<void> };

/** Makes a writer; a progress that cannot be written is passed to `onFault` and forgotten. */
export const progressWriter = <T>(write: (progress: T) => Promise<unknown>, onFault: (error: unknown) => void): ProgressWriter<T> => {
  let latest: T | undefined;
  let writing: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    while (latest !== undefined) {
      const next = latest;
      latest = undefined;
      await write(next).catch(onFault);
    }
    writing = undefined;
  };
  return {
    tell: (progress) => {
      latest = progress;
      writing ??= drain();
    },
    settled: async () => {
      latest = undefined;
      await writing;
    },
  };
};
