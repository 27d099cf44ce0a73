import { expect, test } from 'vitest';
import { containerdConfiguration, placesBelow, podNetwork, registryHosts } from './containerd.ts';
import { kubeletConfiguration, kubeProxyArguments } from './kubelet.ts';
import { nodeScope, prefixOf, setOfScope } from './names.ts';
import { planNode } from './plan.ts';

const node = planNode('dev', 'beta', 200, 2);

test('the addresses of a node follow from its place in the set', () => {
  expect(node).toEqual({
    name: 'beta-1',
    address: '10.200.2.2',
    networkNamespace: 'gw.dev.beta',
    cgroup: 'gw.dev.beta',
    podSubnet: '10.200.102.0/24',
    loadBalancerRange: ['10.200.2.100', '10.200.2.199'],
  });
});

test('no set takes the names of another for its own, even when one id begins with the other', () => {
  expect(nodeScope('dev-two', 'alpha').startsWith(prefixOf('dev'))).toBe(false);
  expect(setOfScope(nodeScope('dev-two', 'alpha'))).toBe('dev-two');
  expect(['cni-1234', 'gw.', 'gateway', 'gw.dev'].map(setOfScope)).toEqual([undefined, undefined, undefined, undefined]);
});

test('all that containerd keeps lies below the folder of its cluster', () => {
  const paths = [...containerdConfiguration(placesBelow('/f')).matchAll(/"(\/[^"]+)"/g)].map(([, path]) => path);
  expect(paths.filter((path) => !path?.startsWith('/f/'))).toEqual(['/usr/lib/cni']);
});

test('containerd trusts the registry by the authority of the set', () => {
  expect(registryHosts('10.200.0.1:5000', '/f/ca.crt')).toContain('ca = "/f/ca.crt"');
});

test('pods get addresses of their own subnet, and nothing else keeps a list of them', () => {
  const [link] = podNetwork('/f/cni/addresses', node.podSubnet, true).plugins;
  expect(link).toMatchObject({ ipam: { dataDir: '/f/cni/addresses', ranges: [[{ subnet: '10.200.102.0/24' }]] } });
});

test('the kubelet works on version 1 cgroups, below its own', () => {
  expect(kubeletConfiguration('/f', node)).toMatchObject({
    failCgroupV1: false,
    cgroupRoot: '/gw.dev.beta',
    cgroupDriver: 'cgroupfs',
    evictionHard: {},
  });
});

test('kube-proxy leaves the connection table of the host as it is', () => {
  expect(kubeProxyArguments('/f', node)).toContain('--conntrack-max-per-core=0');
});
