/** A value that is costly to get: kept until it expires or is forgotten; callers who come meanwhile share one attempt. */
export type Remembered<T> = { get(): Promise<T>; forget(): void };

/** Remembers what `fetch` returns until the time, in milliseconds, that `until` names. A failure is not remembered. */
export const remembered = <T>(fetch: () => Promise<T>, until: (value: T) => number, now: () => number = Date.now): Remembered<T> => {
  let pending: Promise<T> | undefined;
  let expires = Number.POSITIVE_INFINITY;
  const refresh = () => {
    const attempt = fetch();
    pending = attempt;
    expires = Number.POSITIVE_INFINITY;
    attempt.then(
      (value) => {
        if (pending === attempt) expires = until(value);
      },
      () => {
        if (pending === attempt) pending = undefined;
      },
    );
    return attempt;
  };
  return {
    get: () => (pending === undefined || now() >= expires ? refresh() : pending),
    forget: () => {
      pending = undefined;
    },
  };
};
