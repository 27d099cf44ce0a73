import { expect, test } from 'vitest';
import { coreComplete, poolConfiguration, userDocuments } from './collect.ts';

const map = (name: string, data: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const kubelet = (name: string) =>
  `apiVersion: machineconfiguration.openshift.io/v1\nkind: KubeletConfig\nmetadata: {name: ${name}}\nspec: {}\n`;
const own = (name: string, data?: Record<string, string>) => ({ name, found: data && map(name, data) });

test.each([
  ['a ConfigMap that is missing', [own('gone')], 'configmap "gone" not found'],
  ['a ConfigMap without the key', [own('tuned', { tuning: '' })], 'configmap "tuned" has no key "config"'],
  [
    'two KubeletConfigs (T55)',
    [own('a', { config: kubelet('one') }), own('b', { config: kubelet('two') })],
    'there should be only one KubeletConfig per pool, found 2: one, two',
  ],
])('%s makes the configuration invalid', (_title, sources, message) => {
  expect(() => userDocuments({ own: sources })).toThrow(message);
});

test('a pool waits until the control plane has made all core configurations, and says how many are there', () => {
  expect(coreComplete({ core: [map('one', {})] })).toEqual({ complete: false, message: 'expected 3 core ignition configs, found 1' });
  expect(coreComplete({ core: [map('one', {}), map('two', {}), map('three', {})] })).toEqual({ complete: true });
});

test('several documents of one ConfigMap and several ConfigMaps become one text', () => {
  const text = poolConfiguration({ own: [own('a', { config: `${kubelet('one')}` })], core: [map('core', { config: '' })] });
  expect(text).toContain('name: one');
});
