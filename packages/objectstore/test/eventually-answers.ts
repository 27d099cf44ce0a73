import { setTimeout as pause } from 'node:timers/promises';

/** Resolves when the address answers a request with success; gives up after thirty seconds. */
export const eventuallyAnswers = async (url: string): Promise<void> => {
  const until = Date.now() + 30_000;
  for (;;) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > until) throw new Error(`${url} did not answer within 30 seconds`);
    await pause(100);
  }
};
