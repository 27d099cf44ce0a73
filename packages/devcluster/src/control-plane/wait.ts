import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../sets/components.ts';
import type { Component } from '../sets/state.ts';

const logTail = (path: string): string => readFileSync(path, 'utf8').trimEnd().split('\n').slice(-5).join('\n');

/** Waits until a component does what it is for; fails early, with the end of its log, when its process ends. Limit in seconds. */
export const waitFor = async (component: Component, ready: () => Promise<boolean>, seconds = 60): Promise<void> => {
  const deadline = Date.now() + seconds * 1000;
  while (!(await ready().catch(() => false))) {
    const title = component.cluster ? `${component.name} of ${component.cluster}` : component.name;
    if (!isRunning(component)) throw new Error(`${title} ended while it started. The end of ${component.log}:\n${logTail(component.log)}`);
    if (Date.now() > deadline)
      throw new Error(`${title} is not ready after ${seconds} s. The end of ${component.log}:\n${logTail(component.log)}`);
    await sleep(50);
  }
};
