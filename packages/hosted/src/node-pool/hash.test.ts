import { expect, test } from 'vitest';
import { configHash, configHashWithoutVersion, hashOfBytes, hashOfText } from './hash.ts';

const base = {
  configuration: 'test config',
  version: '4.7.0',
  pullSecretName: 'pull-secret',
  trustBundleName: 'trust-bundle',
  globalConfiguration: 'global config',
  osStream: '',
};
const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['the base', {}, 'bb196408'],
  ['another version', { version: '4.8.0' }, '27bb7699'],
  ['another configuration', { configuration: 'different' }, '25f99ac5'],
  ['another pull secret', { pullSecretName: 'different' }, 'd0d6f6e9'],
  ['another trust bundle', { trustBundleName: 'different' }, '42d42744'],
  ['another global configuration', { globalConfiguration: 'different' }, 'e916ddfe'],
  ['another stream of the operating system', { osStream: 'rhel-10' }, '2dbbd41b'],
])('%s gives the documented hash (T40)', (_title, change, hash) => {
  expect(configHash({ ...base, ...change })).toBe(hash);
});

test('the hash without version stays the same through an upgrade, and changes with the configuration (T40)', () => {
  const before = configHashWithoutVersion(base);
  expect(configHashWithoutVersion({ ...base, version: '4.8.0', globalConfiguration: 'other' })).toBe(before);
  expect(configHashWithoutVersion({ ...base, configuration: 'different' })).not.toBe(before);
});

test.each([
  ['abc', hashOfText('abc'), '1a47e90b'],
  ['the bytes of abc', hashOfBytes(bytes('abc')), '88bfcb9e'],
  ['nothing', hashOfText(''), '811c9dc5'],
  ['no bytes', hashOfBytes(bytes('')), '741638a5'],
  ['the bytes of {}', hashOfBytes(bytes('{}')), '829b997b'],
])('the simple hash of %s is upstream’s (T42)', (_title, hash, wanted) => {
  expect(hash).toBe(wanted);
});
