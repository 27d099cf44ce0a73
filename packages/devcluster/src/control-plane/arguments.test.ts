import { expect, test } from 'vitest';
import { apiServerArguments, apiServerNames } from './api-server.ts';
import { controllerManagerArguments } from './controller-manager.ts';
import { clientSubjects } from './credentials.ts';
import { etcdArguments } from './etcd.ts';

const settings = { pki: '/pki', etcd: 'http://127.0.0.1:2379', etcdPrefix: '/alpha', port: 6443 };

test('a server without nodes advertises nothing, and does without service accounts', () => {
  const args = apiServerArguments({ ...settings, bindAddress: '127.0.0.1', controllers: false });
  expect(args).toEqual(
    expect.arrayContaining(['--endpoint-reconciler-type=none', '--disable-admission-plugins=ServiceAccount', '--bind-address=127.0.0.1']),
  );
});

test("a server of a node advertises the node's address, and wants service accounts", () => {
  const args = apiServerArguments({ ...settings, bindAddress: '0.0.0.0', advertiseAddress: '10.200.1.2', controllers: true });
  expect(args).toContain('--advertise-address=10.200.1.2');
  expect(args.join(' ')).not.toMatch(/reconciler|disable-admission/);
});

test('two servers on one etcd keep their keys apart', () => {
  expect(apiServerArguments({ ...settings, bindAddress: '127.0.0.1', controllers: false })).toContain('--etcd-prefix=/alpha');
});

test("the server's certificate holds its service address and every address it is reached by", () => {
  expect(apiServerNames(['10.200.1.2'])).toEqual(
    expect.arrayContaining(['10.96.0.1', '10.200.1.2', 'kubernetes.default.svc', '127.0.0.1']),
  );
});

test('volumes are provisioned in folders of the node', () => {
  expect(controllerManagerArguments({ pki: '/pki', kubeconfig: '/k', port: 10257 })).toContain('--enable-hostpath-provisioner=true');
});

test('etcd listens on this machine only', () => {
  const urls = etcdArguments({ clientPort: 2379, peerPort: 2380, dataFolder: '/d' }).flatMap(
    (each) => each.match(/https?:\/\/[^:]+/g) ?? [],
  );
  expect(new Set(urls)).toEqual(new Set(['http://127.0.0.1']));
});

test('only a cluster with a node has the identities of a node', () => {
  expect(Object.keys(clientSubjects())).toEqual(['admin', 'kube-controller-manager']);
  expect(clientSubjects('alpha-1').kubelet).toEqual({ commonName: 'system:node:alpha-1', groups: ['system:nodes'] });
});
