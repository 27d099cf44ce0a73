import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Log } from '@godwit/controller';
import { afterAll, expect, test } from 'vitest';
import { type FirstBoot, type FirstBootStep, walkFirstBoot } from './step.ts';

const root = mkdtempSync(join(tmpdir(), 'godwit-first-boot-'));
afterAll(() => rmSync(root, { recursive: true }));

const clock: Clock = { now: () => new Date('2030-01-01T00:00:00Z'), sleep: async () => {} };
const log = { info: () => {}, warn: () => {} } as unknown as Log;
const world: FirstBoot = { root, clock, log, configuration: {} as FirstBoot['configuration'] };

/** A step whose first runs fail. */
const failing = (name: string, times: number, ran: string[], once?: true): FirstBootStep<FirstBoot> => ({
  name,
  ...(once && { once }),
  run: async () => {
    ran.push(name);
    if (ran.filter((each) => each === name).length <= times) throw new Error('it was killed');
  },
});

test('a step that fails is tried again, and the walk goes on', async () => {
  const ran: string[] = [];
  await walkFirstBoot([failing('a', 2, ran), failing('b', 0, ran)], world);
  expect(ran).toEqual(['a', 'a', 'a', 'b']);
});

test('a step that fails for the third time ends the walk and is named', async () => {
  const ran: string[] = [];
  await expect(walkFirstBoot([failing('a', 3, ran), failing('b', 0, ran)], world)).rejects.toThrow('a: it was killed');
  expect(ran).toEqual(['a', 'a', 'a']);
});

test('a step that is done once is not run by a later walk', async () => {
  const ran: string[] = [];
  for (let walk = 0; walk < 2; walk += 1) await walkFirstBoot([failing('once', 1, ran, true)], world);
  expect(ran).toEqual(['once', 'once']);
});
