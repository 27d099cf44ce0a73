import { expect, test } from 'vitest';
import { resource } from './resource.ts';
import { statusEndpoints } from './status-endpoint.ts';
import type { ServedResource } from './types.ts';

const Plan = resource('migration.openshift.io/v1alpha1', 'MigPlan', 'migplans');
const served = (...subresources: string[]): ServedResource[] => [
  { ...Plan, singular: 'migplan', shortNames: [], verbs: [], preferred: true, subresources },
];

test.each([
  ['has its own endpoint', served('status'), served('status'), 'own', 1],
  ['shares that of the object', served(), served(), 'shared', 2],
  ['got its own endpoint meanwhile', served(), served('status'), 'own', 2],
  ['is not known to discovery', [], [], 'own', 2],
])('a status that %s is found out, asking anew only where it matters', async (_title, known, fresh, expected, asked) => {
  let questions = 0;
  const endpoints = statusEndpoints(async (options) => {
    questions += 1;
    return options?.fresh ? fresh : known;
  });
  expect([await endpoints.ask(Plan), questions]).toEqual([expected, asked]);
});

test('that a status shares the endpoint is remembered for a minute', async () => {
  let now = 0;
  const endpoints = statusEndpoints(
    async () => served(),
    () => now,
  );
  expect(endpoints.isShared(Plan)).toBe(false);
  await endpoints.ask(Plan);
  expect(endpoints.isShared(Plan)).toBe(true);
  now = 60_000;
  expect(endpoints.isShared(Plan)).toBe(false);
});
