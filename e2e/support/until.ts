import { setTimeout as pause } from 'node:timers/promises';

const AGAIN_MILLISECONDS = 500;

/** Asks until the answer is not undefined and returns it; throws after some seconds with what was waited for and the last error. */
export const until = async <T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> => {
  const deadline = Date.now() + seconds * 1000;
  let problem = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      problem = '';
    } catch (error) {
      problem = `: ${(error as Error).message}`;
    }
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}${problem}`);
    await pause(AGAIN_MILLISECONDS);
  }
};
