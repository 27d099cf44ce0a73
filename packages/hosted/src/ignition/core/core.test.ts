import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { IgnitionConfig } from '../config.ts';
import { apiProxy } from './api-proxy.ts';
import { kubelet } from './kubelet.ts';
import { ssh } from './ssh.ts';

const textOf = (config: IgnitionConfig, path: string): string => {
  const source = config.storage?.files?.find((file) => file.path === path)?.contents?.source ?? '';
  return Buffer.from(source.split('base64,')[1] ?? '', 'base64').toString();
};

test('the kubelet asks for its certificate, and takes what differs by machine from the machine', () => {
  const config = kubelet({ clusterDns: '172.31.0.10', local: false });
  expect(parse(textOf(config, '/etc/kubernetes/kubelet.conf'))).toMatchObject({ clusterDNS: ['172.31.0.10'], serverTLSBootstrap: true });
  expect(config.systemd?.units?.[0]?.contents).toMatch(/ --provider-id=\$\{PROVIDER_ID\} /);
});

test('only machines of the local infrastructure get its exceptions', () => {
  const of = (local: boolean) => parse(textOf(kubelet({ clusterDns: '', local }), '/etc/kubernetes/kubelet.conf.d/10-local.conf'));
  expect(of(true)).toMatchObject({ cgroupDriver: 'cgroupfs', failCgroupV1: false });
  expect(Object.keys(of(false))).toEqual(['apiVersion', 'kind']);
});

test('pods of a node reach the API through a proxy that follows the published name', () => {
  const endpoint = { host: 'api-sample.hc.test', port: 31443 };
  const config = apiProxy({ address: '172.20.0.1', port: 6443, endpoint, image: 'haproxy@sha256:1' });
  const text = textOf(config, '/etc/kubernetes/apiserver-proxy-config/haproxy.cfg');
  expect(text).toContain('bind 172.20.0.1:6443');
  expect(text).toMatch(/server published api-sample\.hc\.test:31443 resolvers node/);
});

test('the SSH key lets its holder in, and nobody without one', () => {
  expect(ssh('ssh-ed25519 AAAA\n').passwd?.users).toEqual([{ name: 'core', sshAuthorizedKeys: ['ssh-ed25519 AAAA'] }]);
  expect(ssh(undefined).passwd?.users).toEqual([{ name: 'core', sshAuthorizedKeys: [] }]);
});
