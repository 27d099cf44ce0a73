import { expect, test } from 'vitest';
import { kubernetesVersionOf, readSupportedVersions, supportedVersions, supportedVersionsData } from './supported-versions.ts';

const HEAD = { minimum: '4.14.0', latest: '5.1.0' };
const AT_HEAD = ['5.1', '5.0', '4.23', '4.22', '4.21', '4.20', '4.19', '4.18', '4.17', '4.16', '4.15', '4.14'];

test.each([
  ['T12 those of today', HEAD, AT_HEAD],
  ['those of the seed', { minimum: '4.11.0', latest: '4.13.0' }, ['4.13', '4.12', '4.11']],
  ['one major line up to its end', { minimum: '4.22.0', latest: '4.23.0' }, ['4.23', '4.22']],
  ['one major line from its beginning', { minimum: '5.0.0', latest: '5.1.0' }, ['5.1', '5.0']],
  ['none when the ends are exchanged', { minimum: '4.20.0', latest: '4.19.0' }, []],
])('the supported versions are, newest first: %s', (_title, range, versions) => {
  expect(supportedVersions(range)).toEqual(versions);
});

test.each([
  ['4.18', '1.31.0'],
  ['4.14', '1.27.0'],
  ['4.21', '1.34.0'],
  ['4.21.7', '1.34.0'],
  ['5.0', '1.36.0'],
  ['5.1', '1.37.0'],
])('T13 release %s is built on Kubernetes %s', (release, kubernetes) => {
  expect(kubernetesVersionOf(release)).toBe(kubernetes);
});

test('T13 of a release that nobody knows there is no Kubernetes version', () => {
  expect(() => kubernetesVersionOf('4.99')).toThrow('no Kubernetes version is known for release 4.99');
});

test('T19 what the operator advertises is what a client reads', () => {
  expect(readSupportedVersions({ data: supportedVersionsData(HEAD, 'godwit 0.1.0') })).toEqual({
    versions: AT_HEAD,
    server: 'godwit 0.1.0',
  });
});

const LIST = '{"versions":["4.13"]}';
test.each([
  ['no ConfigMap', undefined, 'failed to find supported versions on the server'],
  ['no data', {}, 'the server did not advertise its HyperShift version'],
  ['no server version', { data: { 'supported-versions': LIST } }, 'the server did not advertise its HyperShift version'],
  ['no list', { data: { 'server-version': 'x' } }, 'the server did not advertise supported OCP versions'],
  ['no JSON', { data: { 'server-version': 'x', 'supported-versions': '{' } }, 'failed to parse supported versions on the server'],
  ['another shape', { data: { 'server-version': 'x', 'supported-versions': '{}' } }, 'failed to parse supported versions on the server'],
])('T19 a server with %s is told apart', (_title, configMap, problem) => {
  expect(readSupportedVersions(configMap)).toEqual({ problem });
});
