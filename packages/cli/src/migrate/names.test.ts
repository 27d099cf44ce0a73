import { describe, expect, test } from 'vitest';
import { clusterName, dnsLabel, nextRunName, planName } from './names.ts';

describe('dnsLabel', () => {
  test.each([
    ['a plain name stays', 'alpha', 'alpha'],
    ['upper case is lowered', 'Alpha', 'alpha'],
    ['a context of an OpenShift login', 'default/api-example-com:6443/admin', 'default-api-example-com-6443-admin'],
    ['signs at the ends go', '--a--', 'a'],
  ])('%s', (_title, given, expected) => {
    expect(dnsLabel(given)).toBe(expected);
  });

  test('nothing that is left gives a name from the hash', () => {
    expect(dnsLabel('한국')).toMatch(/^x-[0-9a-f]{6}$/);
  });

  test('a long name is cut and stays unique', () => {
    const [a, b] = [dnsLabel(`${'x'.repeat(80)}a`, 60), dnsLabel(`${'x'.repeat(80)}b`, 60)];
    expect(a).toHaveLength(60);
    expect(a).not.toBe(b);
  });
});

test('a plan is named after where it leads and what it takes, whatever the order of the namespaces', () => {
  expect(planName('alpha', 'beta', ['shop'])).toBe('alpha-beta-shop');
  expect(planName('alpha', 'beta', ['b', 'a'])).toBe(planName('alpha', 'beta', ['a', 'b']));
  expect(planName('alpha', 'beta', ['shop:shop-new'])).toBe('alpha-beta-shop-shop-new');
  expect(planName('a'.repeat(50), 'b'.repeat(50), ['shop']).length).toBeLessThanOrEqual(60);
});

test.each([
  ['the first run', [], 'shop-1'],
  ['the run after others', ['shop-1', 'shop-2'], 'shop-3'],
  ['gaps are not filled', ['shop-7'], 'shop-8'],
  ['names of another form do not count', ['shop-final', 'shop-1x', 'other-9'], 'shop-1'],
])('%s', (_title, existing, expected) => {
  expect(nextRunName('shop', existing)).toBe(expected);
});

test('a context called host does not take the name of the host', () => {
  expect(clusterName('host')).toBe('host-context');
  expect(clusterName('alpha')).toBe('alpha');
});
