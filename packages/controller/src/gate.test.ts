import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

const late = () => new Error('too late');

test('a gate lets all go on who wait, and nobody who comes later', async () => {
  const clock = fakeClock();
  const gate = createGate(clock);
  const waiting = [gate.wait(30, late), gate.wait(30, late)];
  gate.open();
  await Promise.all(waiting);
  expect(clock.sleepers()).toBe(0);
  const after = gate.wait(30, late);
  gate.refuse(new Error('closed'));
  await expect(after).rejects.toThrow('closed');
});

test('a gate keeps nobody waiting for ever', async () => {
  const clock = fakeClock();
  const refused = expect(createGate(clock).wait(30, late)).rejects.toThrow('too late');
  await clock.advance(30);
  await refused;
});
