import type { Condition } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { isJudged, isSettled, type Judged } from './settled.ts';

type Part = { generation?: number; observed?: number; refresh?: boolean; conditions?: Partial<Condition>[] };

const object = ({ generation = 2, observed = 2, refresh, conditions = [] }: Part): Judged => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigPlan',
  metadata: { name: 'shop', generation },
  spec: { refresh },
  status: {
    observedGeneration: observed,
    conditions: conditions.map((each) => ({
      type: 'X',
      status: 'True',
      category: 'Critical',
      lastTransitionTime: '2030-01-01T00:00:00Z',
      ...each,
    })),
  },
});

const ready = { type: 'Ready', category: 'Required' } as const;

test.each<[string, Part, boolean]>([
  ['the present generation was seen', {}, true],
  ['an older generation was seen', { observed: 1 }, false],
  ['another look is asked for', { refresh: true }, false],
  ['the look was taken', { refresh: false, observed: 3 }, true],
])('conditions speak of the object when %s', (_title, part, expected) => {
  expect(isJudged(object(part))).toBe(expected);
});

describe('settled', () => {
  test.each<[string, Part, boolean]>([
    ['ready', { conditions: [ready] }, true],
    ['not seen yet', { observed: 1, conditions: [ready] }, false],
    ['nothing said yet', {}, false],
    ['blocked', { conditions: [{ reason: 'NotFound' }] }, true],
    ['blocked only because another object is being looked at', { conditions: [{ reason: 'NotReady' }] }, false],
    ['blocked by both', { conditions: [{ reason: 'NotReady' }, { reason: 'NotFound' }] }, true],
    ['warned only', { conditions: [{ category: 'Warn' }] }, false],
  ])('%s', (_title, part, expected) => {
    expect(isSettled(object(part))).toBe(expected);
  });
});
