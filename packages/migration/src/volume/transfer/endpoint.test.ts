import { labels, type Node, type Service } from '@godwit/api';
import { expect, test } from 'vitest';
import { aDvm } from '../fixtures.ts';
import {
  chooseEndpoint,
  endpointAddress,
  entryNode,
  freeName,
  routeHost,
  serviceBaseName,
  transferRoute,
  transferService,
} from './endpoint.ts';

const dvm = aDvm();

test.each([
  ['what is configured', { configured: 'clusterip', servesRoutes: true, balancesLoads: true }, 'ClusterIP'],
  ['a Route where there are Routes', { configured: undefined, servesRoutes: true, balancesLoads: true }, 'Route'],
  ['a load balancer that works', { configured: undefined, servesRoutes: false, balancesLoads: true }, 'LoadBalancer'],
  ['a NodePort otherwise', { configured: undefined, servesRoutes: false, balancesLoads: false }, 'NodePort'],
  ['a NodePort for an unknown word', { configured: 'Teleport', servesRoutes: false, balancesLoads: false }, 'NodePort'],
])('the endpoint is %s', (_title, facts, type) => {
  const choice = chooseEndpoint(facts);
  expect(choice.type).toBe(type);
  if (facts.configured === 'Teleport') expect(choice.because).toContain('Teleport is unknown');
});

// M46
test('a NodePort has the Service that upstream has', () => {
  const service = transferService(dvm, { namespace: 'shop', name: serviceBaseName('NodePort'), type: 'NodePort', node: 'worker-1' });
  expect(service.metadata).toMatchObject({
    name: 'directvolumemigration-rsync-transfer-svc',
    labels: { app: 'directvolumemigration-rsync-transfer', hostname: 'worker-1' },
  });
  expect(service.spec).toMatchObject({ type: 'NodePort', ports: [{ port: 6443 }] });
});

test('a Route has a host below the subdomain, or leaves it to the router', () => {
  expect(transferRoute(dvm, 'shop', 'dvm', 'test.domain')).toMatchObject({
    metadata: { name: 'dvm', namespace: 'shop' },
    spec: { host: 'dvm-shop.test.domain', tls: { termination: 'passthrough' } },
  });
  expect(transferRoute(dvm, 'shop', 'dvm', undefined).spec.host).toBeUndefined();
});

test('a host that is too long for a label becomes a digest', () => {
  expect(routeHost('dvm', 'n'.repeat(58), 'd')).toBe(`dvm-${'n'.repeat(58)}.d`);
  expect(routeHost('dvm', 'n'.repeat(59), 'd')).toMatch(/^[0-9a-f]{32}\.d$/);
});

const service = (uid: string): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'dvm', labels: { [labels.migratedByDirectVolumeMigration]: uid } },
});

test('a name that another transfer holds is not taken from it', () => {
  expect(freeName('dvm', dvm, [])).toBe('dvm');
  expect(freeName('dvm', dvm, [service('uid-1')])).toBe('dvm');
  expect(freeName('dvm', dvm, [service('uid-2')])).toMatch(/^dvm-[0-9a-f]{8}$/);
});

const node = (name: string, ready: boolean, more: Partial<Node['metadata']> = {}): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, ...more },
  spec: {},
  status: {
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    addresses: [
      { type: 'Hostname', address: name },
      { type: 'InternalIP', address: `ip-of-${name}` },
    ],
  },
});

test('clients enter by a ready worker', () => {
  const control = node('a', true, { labels: { 'node-role.kubernetes.io/control-plane': '' } });
  expect(entryNode([control, node('b', false), node('d', true), node('c', true)])?.metadata.name).toBe('c');
  expect(entryNode([control])?.metadata.name).toBe('a');
});

const withStatus = (status: NonNullable<Service['status']>, spec: NonNullable<Service['spec']> = {}): Service => ({
  ...service('uid-1'),
  spec,
  status,
});

test.each([
  ['NodePort' as const, withStatus({}, { ports: [{ port: 6443, nodePort: 30001 }] }), { host: 'ip-of-n', port: 30001 }],
  ['LoadBalancer' as const, withStatus({ loadBalancer: { ingress: [{ ip: 'fd00::1' }] } }), { host: '[fd00::1]', port: 6443 }],
  ['LoadBalancer' as const, withStatus({}), undefined],
  ['ClusterIP' as const, withStatus({}, { clusterIP: '10.96.0.7' }), { host: '10.96.0.7', port: 6443 }],
  ['Route' as const, withStatus({}), undefined],
])('the address of a %s', (type, has, address) => {
  expect(endpointAddress(type, { service: has, route: undefined, node: node('n', true) })).toEqual(address);
});
