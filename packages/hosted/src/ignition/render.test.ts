import { expect, test } from 'vitest';
import { renderConfiguration } from './render.ts';

const machineConfig = (name: string, path: string, source: string) => `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: ${name}
spec:
  config:
    ignition: {version: 3.2.0}
    storage:
      files:
      - path: ${path}
        mode: 420
        overwrite: true
        contents: {source: "${source}"}
`;

test('a MachineConfig’s file is a file of the machine, with its mode (T82)', () => {
  expect(renderConfiguration(machineConfig('custom', '/etc/custom-config', 'data:,content%0A')).storage?.files).toEqual([
    { path: '/etc/custom-config', mode: 0o644, overwrite: true, contents: { source: 'data:,content%0A' } },
  ]);
});

test('of two documents that write the same file the one with the later name wins, in whatever order they stand', () => {
  const texts = [machineConfig('99-late', '/etc/a', 'data:,late'), machineConfig('10-early', '/etc/a', 'data:,early')];
  for (const order of [texts, texts.toReversed()])
    expect(renderConfiguration(order.join('---\n')).storage?.files).toMatchObject([{ contents: { source: 'data:,late' } }]);
});

test('a KubeletConfig becomes a change to the kubelet’s configuration', () => {
  const text =
    'apiVersion: machineconfiguration.openshift.io/v1\nkind: KubeletConfig\nmetadata: {name: pods}\nspec: {kubeletConfig: {maxPods: 300}}\n';
  const [file] = renderConfiguration(text).storage?.files ?? [];
  expect(file?.path).toBe('/etc/kubernetes/kubelet.conf.d/50-pods.conf');
  const [, base64 = ''] = (file?.contents?.source ?? '').split('base64,');
  expect(Buffer.from(base64, 'base64').toString()).toBe(
    'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods: 300\n',
  );
});

test('a kind that cannot be rendered yet is named, and nothing is left out in silence', () => {
  const text = 'apiVersion: machineconfiguration.openshift.io/v1\nkind: ContainerRuntimeConfig\nmetadata: {name: crun}\nspec: {}\n';
  expect(() => renderConfiguration(text)).toThrow('ContainerRuntimeConfig "crun" cannot be rendered for machines yet');
});
