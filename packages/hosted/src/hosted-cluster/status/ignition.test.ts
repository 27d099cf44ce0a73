import { expect, test } from 'vitest';
import { SERVICES } from '../hosted-cluster.fixture.ts';
import { ignitionAvailable, ignitionEndpoint } from './ignition.ts';

const ignition = { address: '10.0.0.1', port: 9443 };
const byNodePort = [
  {
    service: 'Ignition' as const,
    servicePublishingStrategy: { type: 'NodePort' as const, nodePort: { address: '10.0.0.9', port: 30_444 } },
  },
];

test.each([
  ['the host name of the service', SERVICES, ignition, 'ignition.sample.hc.test'],
  ['address and port of a node port', byNodePort, ignition, '10.0.0.9:30444'],
  ['nothing, when this operator serves none', SERVICES, undefined, undefined],
  ['nothing, when it is not published', [], ignition, undefined],
])('new nodes are told %s', (_title, services, settings, expected) => {
  expect(ignitionEndpoint(services, { ignition: settings })).toBe(expected);
});

test('an operator that serves no payloads says how it would', () => {
  expect(ignitionAvailable({ ignition: undefined })).toMatchObject({
    status: 'False',
    reason: 'NotFound',
    message: expect.stringContaining('--ignition-address'),
  });
  expect(ignitionAvailable({ ignition })).toMatchObject({ status: 'True' });
});
