import { expect, test } from 'vitest';
import { annotations, correlationLabels, fieldManagers, finalizers, labels, veleroLabelValue } from './index.ts';

test.each([
  ['a short name stays', 'daily', 'daily'],
  ['63 characters stay', 'a'.repeat(63), 'a'.repeat(63)],
  [
    'a long name is cut and gets six digits of its hash',
    'this_is_a_very_long_label_value_that_will_be_rejected_by_Kubernetes',
    'this_is_a_very_long_label_value_that_will_be_rejected_by_8d0722',
  ],
])('as a label value %s', (_title, name, value) => {
  expect(veleroLabelValue(name)).toBe(value);
});

test('two long names with the same beginning stay apart', () => {
  const [one, other] = ['a', 'b'].map((end) => veleroLabelValue('x'.repeat(70) + end));
  expect(one).not.toBe(other);
  expect(one).toHaveLength(63);
});

test('correlation labels name the product and the object that made something', () => {
  expect(correlationLabels('MigPlan', '11-22')).toEqual({ 'app.kubernetes.io/part-of': 'openshift-migration', migplan: '11-22' });
  expect(correlationLabels('DirectImageStreamMigration', '1')).toHaveProperty('directimagestreammigration', '1');
});

test.each<[string, Readonly<Record<string, string>>]>([
  ['annotations', annotations],
  ['labels', labels],
  ['finalizers', finalizers],
  ['field managers', fieldManagers],
])('no two %s share a key, and the API server takes each', (_title, names) => {
  const keys = Object.values(names);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/);
});
