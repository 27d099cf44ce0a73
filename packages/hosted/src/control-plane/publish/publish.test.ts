import type { Service } from '@godwit/api';
import { expect, test } from 'vitest';
import { aControlPlane } from '../control-plane.fixture.ts';
import type { Publishing } from '../control-plane.ts';
import { addressAt } from './address-at.ts';
import { publishedAt } from './endpoint.ts';
import { servicesOf } from './services.ts';

const service = (fields: object) => fields as unknown as Service;
const balanced = service({ status: { loadBalancer: { ingress: [{ ip: '10.0.0.9' }] } } });
const endpoint = (publishing: Publishing, found?: Service) => publishedAt(publishing, 6443, 'kube-apiserver', found);

test.each([
  ['172.31.0.0/16', 1, '172.31.0.1'],
  ['172.31.0.0/16', 10, '172.31.0.10'],
  ['10.0.3.7/22', 257, '10.0.1.1'],
  ['fd00:1::/108', 10, 'fd00:1::a'],
])('in %s position %i is %s', (range, position, address) => {
  expect(addressAt(range, position)).toBe(address);
});

test.each<[string, Publishing, Service | undefined, object]>([
  [
    'a fixed node port',
    { type: 'NodePort', address: '10.0.0.1', port: 30443 },
    service({}),
    { endpoint: { host: '10.0.0.1', port: 30443 }, ready: true },
  ],
  [
    'a fixed node port without its Service',
    { type: 'NodePort', address: '10.0.0.1', port: 30443 },
    undefined,
    { endpoint: { host: '10.0.0.1', port: 30443 }, ready: false },
  ],
  [
    'a node port that is chosen',
    { type: 'NodePort', address: 'n' },
    service({ spec: { ports: [{ nodePort: 31000 }] } }),
    { endpoint: { host: 'n', port: 31000 }, ready: true },
  ],
  [
    'a load balancer with a fixed name',
    { type: 'LoadBalancer', hostname: 'api.hc.test' },
    balanced,
    { endpoint: { host: 'api.hc.test', port: 6443 }, ready: true },
  ],
  [
    'one that has no address yet',
    { type: 'LoadBalancer', hostname: 'api.hc.test' },
    service({}),
    { endpoint: { host: 'api.hc.test', port: 6443 }, ready: false },
  ],
  ['one without a name', { type: 'LoadBalancer' }, balanced, { endpoint: { host: '10.0.0.9', port: 6443 }, ready: true }],
  ['one without a name and address', { type: 'LoadBalancer' }, service({}), { endpoint: undefined, ready: false }],
])('the endpoint of %s', (_title, publishing, found, wanted) => {
  expect(endpoint(publishing, found)).toMatchObject(wanted);
});

test.each<[string, Publishing, string | undefined]>([
  ['a load balancer', { type: 'LoadBalancer', hostname: 'api.hc.test' }, 'api.hc.test'],
  ['a node port on a name', { type: 'NodePort', address: 'api.hc.test', port: 30443 }, 'api.hc.test'],
  ['a node port on an address', { type: 'NodePort', address: '10.0.0.1', port: 30443 }, undefined],
])('the name of %s is asked of DNS', (_title, apiServer, hostname) => {
  const [found] = servicesOf(aControlPlane({ apiServer }));
  expect(found?.object.metadata.annotations?.['external-dns.alpha.kubernetes.io/hostname']).toBe(hostname);
});

test('only a load balancer can keep strangers out', () => {
  const allowedCidrs = ['10.0.0.0/8'];
  const spec = (apiServer: Publishing) =>
    (servicesOf(aControlPlane({ apiServer, allowedCidrs }))[0]?.object as unknown as { spec: object } | undefined)?.spec;
  expect(spec({ type: 'LoadBalancer', hostname: 'a.b' })).toMatchObject({ loadBalancerSourceRanges: allowedCidrs });
  expect(spec({ type: 'None' })).not.toHaveProperty('loadBalancerSourceRanges');
});
