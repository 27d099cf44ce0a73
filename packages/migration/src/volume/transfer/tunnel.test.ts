import { expect, test } from 'vitest';
import { parseProxy, tunnelClientConfig, tunnelServerConfig } from './tunnel.ts';

// M49
test.each([
  ['https://just-host', { host: 'just-host', user: '', password: '' }],
  ['https://@valid', { host: 'valid', user: '', password: '' }],
  ['https://user:pass@ip:1111', { host: 'ip:1111', user: 'user', password: 'pass' }],
  ['https://user:!:pass@ip:1111', { host: 'ip:1111', user: 'user', password: '!:pass' }],
])('the proxy %s is understood', (text, proxy) => {
  expect(parseProxy(text)).toEqual(proxy);
});

test.each(['https://220.22.23.265.253.255:err', 'no-scheme', 'https://'])('%s is no proxy', (text) => {
  expect(() => parseProxy(text)).toThrow('STUNNEL_TCP_PROXY');
});

test('a proxy that is not understood does not put its password into the message', () => {
  expect(() => parseProxy('https://user:hush@host:err')).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hush') }));
});

// M68
test('the client goes to the endpoint, speaks TLS 1.3 only and checks who answers', () => {
  const lines = tunnelClientConfig({ host: 'dvm-shop.apps.test.domain', port: 443 }).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'client = yes',
      'connect = dvm-shop.apps.test.domain:443',
      'sslVersionMin = TLSv1.3',
      'verifyChain = yes',
      'checkHost = rsync-server',
    ]),
  );
});

test('the server leads to the daemon and checks who comes', () => {
  const lines = tunnelServerConfig().split('\n');
  expect(lines).toEqual(expect.arrayContaining(['accept = 6443', 'connect = 2222', 'verifyChain = yes', 'checkHost = rsync-client']));
});

test('through a proxy the endpoint becomes the host of the protocol', () => {
  const proxy = { host: 'proxy:3128', user: 'me', password: 'hush' };
  const lines = tunnelClientConfig({ host: 'target', port: 443 }, proxy).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'connect = proxy:3128',
      'protocol = connect',
      'protocolHost = target:443',
      'protocolUsername = me',
      'protocolPassword = hush',
    ]),
  );
});
