import { stopSet, toStandardError } from '@godwit/devcluster';
import type { TestProject } from 'vitest/node';
import { startLocalSet } from './local-set.ts';

declare module 'vitest' {
  /** What the setup of a run hands to its test files. */
  interface ProvidedContext {
    localSet: string;
  }
}

/** Not the set of the demo, beside which the tests run. */
const SET = 'test';

/** Starts the two clusters of a test run and returns what removes them; `KEEP=1` leaves them for the next run. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const keep = process.env.KEEP === '1';
  const end = () => (keep ? Promise.resolve() : stopSet(SET));
  try {
    await startLocalSet(SET, toStandardError, { bound: !keep, hosted: true });
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('localSet', SET);
  return end;
};
