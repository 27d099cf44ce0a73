import { expect, test } from 'vitest';
import { takeApart } from './delete.ts';

const named = (name: string) => ({ metadata: { namespace: 'clusters-sample', name, uid: `uid-${name}` } }) as never;
const remains = (part: object) =>
  takeApart({
    deployments: [],
    healthChecks: [],
    templates: [],
    machines: [],
    secrets: [],
    ...part,
  });
const kinds = ({ effects }: ReturnType<typeof remains>) => effects.map((effect) => ('resource' in effect ? effect.resource.kind : ''));

test('what makes machines goes first, and Secrets stay for machines that are still there', () => {
  const gone = remains({
    deployments: [named('workers')],
    healthChecks: [named('workers')],
    machines: [named('workers-1')],
    secrets: [named('token')],
  });
  expect(kinds(gone)).toEqual(['MachineDeployment', 'MachineHealthCheck']);
  expect(gone.waiting).toBe('its Machines workers-1');
});

test('a pool does not go while Machines remain, although their deployment is gone (T54)', () => {
  expect(remains({ machines: [named('workers-1')] })).toEqual({ effects: [], waiting: 'its Machines workers-1' });
});

test('at the end templates and Secrets go, and nothing is waited for', () => {
  const gone = remains({ templates: [named('workers-1')], secrets: [named('token')] });
  expect([kinds(gone), gone.waiting]).toEqual([['LocalMachineTemplate', 'Secret'], undefined]);
});
