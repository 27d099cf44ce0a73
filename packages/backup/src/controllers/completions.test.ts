import { expect, test } from 'vitest';
import { createCompletions } from './completions.ts';

const PLACES = [
  { server: 'https://alpha', location: 'one' },
  { server: 'https://beta', location: 'one' },
  { server: 'https://beta', location: 'two' },
];

const toldOf = (completion: { server: string; location: string | undefined }): string[] => {
  const completions = createCompletions();
  const told: string[] = [];
  for (const place of PLACES) completions.subscribe(place, () => told.push(`${place.server}/${place.location}`));
  completions.publish(completion);
  return told;
};

test.each([
  ['the location of the same name on other clusters', 'one', ['https://beta/one']],
  ['every location of other clusters when it is not known which', undefined, ['https://beta/one', 'https://beta/two']],
  ['nobody of a location that no other cluster has', 'three', []],
])('a finished backup wakes %s', (_, location, expected) => {
  expect(toldOf({ server: 'https://alpha', location })).toEqual(expected);
});

test('a second listener of a place replaces the first', () => {
  const completions = createCompletions();
  const told: string[] = [];
  for (const name of ['first', 'second']) completions.subscribe({ server: 'https://beta', location: 'one' }, () => told.push(name));
  completions.publish({ server: 'https://alpha', location: 'one' });
  expect(told).toEqual(['second']);
});
