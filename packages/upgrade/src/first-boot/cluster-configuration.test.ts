import { expect, test } from 'vitest';
import { clusterConfigurationText, parseClusterConfiguration } from './cluster-configuration.ts';
import { identityText, namesOf, variablesOf } from './node-identity.ts';

const configuration = { api_version: 1 as const, cluster_name: 'site', base_domain: 'example.com', cluster_id: 'id-1', hostname: 'node-1' };

test('what is written is read again, fields of others included', () => {
  const full = { ...configuration, node_ip: '192.0.2.1', node_labels: { a: 'b' }, chrony_config: 'pool x', infra_id: 'abc' };
  expect(parseClusterConfiguration(clusterConfigurationText(full))).toEqual(full);
});

test.each([
  ['another version', { ...configuration, api_version: 2 }, 'unsupported seed reconfiguration version 2'],
  ['no version', { cluster_name: 'site' }, 'unsupported seed reconfiguration version undefined'],
  ['no name of the host', { ...configuration, hostname: '' }, 'hostname'],
])('a document with %s is refused', (_title, document, message) => {
  expect(() => parseClusterConfiguration(JSON.stringify(document))).toThrow(message);
});

test.each([
  ['the address of the document', { ...configuration, node_ip: '192.0.2.1', node_ips: ['192.0.2.2'] }, '192.0.2.1'],
  ['the first of several', { ...configuration, node_ips: ['192.0.2.2', '192.0.2.3'] }, '192.0.2.2'],
  ['that of the machine', configuration, '192.0.2.9'],
])('the identity has %s', (_title, given, address) => {
  expect(variablesOf(identityText(given, '192.0.2.9'))).toEqual({
    CLUSTER_NAME: 'site',
    BASE_DOMAIN: 'example.com',
    CLUSTER_ID: 'id-1',
    NODE_NAME: 'node-1',
    NODE_IP: address,
  });
});

test('a node without any address is refused', () => {
  expect(() => identityText(configuration, undefined)).toThrow('names no node_ip');
});

test('the seed is known by all that it says of itself', () => {
  expect(namesOf({ NODE_NAME: 'seed', NODE_IP: '192.0.2.7' }, { sno_hostname: 'seed', node_ips: ['192.0.2.7', '192.0.2.8'] })).toEqual([
    'seed',
    '192.0.2.7',
    '192.0.2.8',
  ]);
  expect(namesOf({}, {})).toEqual([]);
});
