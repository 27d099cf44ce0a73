import { expect, test } from 'vitest';
import { judgeRequest, type RequestFacts } from './judge-request.ts';
import { expectedNodes } from './known-nodes.ts';
import { type Asked, aSigningRequest } from './signing-request.fixture.ts';
import type { SigningRequest } from './signing-request.ts';

const facts: RequestFacts = {
  expected: new Set(['w1', 'w2']),
  nodes: new Map([['w2', { names: new Set(['w2']), addresses: new Set(['10.0.0.2']) }]]),
};

const w2 = { subject: 'O=system:nodes, CN=system:node:w2', username: 'system:node:w2', groups: ['system:nodes'] };
const serving = { ...w2, signer: 'kubelet-serving', hosts: ['w2', '10.0.0.2'] };

test.each<[string, Asked, boolean]>([
  ['the first certificate of an expected machine', {}, true],
  ['the first certificate of an unknown machine', { subject: 'O=system:nodes, CN=system:node:w9' }, false],
  ['the name of a node that is there, by bootstrap credentials', { subject: w2.subject }, false],
  ['a renewal by the node itself', w2, true],
  ['another node, asked for by a node', { ...w2, subject: 'O=system:nodes, CN=system:node:w1' }, false],
  ['a client certificate with host names', { hosts: ['w1'] }, false],
  ['an administrator instead of a node', { subject: 'O=system:masters, CN=system:node:w1' }, false],
  ['a node and administrator', { subject: 'O=system:nodes, O=system:masters, CN=system:node:w1' }, false],
  ['a serving certificate for own names', serving, true],
  ['a serving certificate for the name of another', { ...serving, hosts: ['w2', 'kubernetes.default'] }, false],
  ['a serving certificate for another address', { ...serving, hosts: ['10.0.0.3'] }, false],
  ['a serving certificate without names', { ...serving, hosts: [] }, false],
  ['a serving certificate by bootstrap credentials', { signer: 'kubelet-serving', hosts: ['w1'] }, false],
  ['another signer', { signer: 'kube-apiserver-client' }, false],
])('%s: approved %s', async (_title, asked, approve) => {
  expect((await judgeRequest(await aSigningRequest(asked), facts)).approve).toBe(approve);
});

test('text that is no request is left to people', () => {
  const spec = { request: Buffer.from('nonsense').toString('base64'), signerName: 'kubernetes.io/kubelet-serving' };
  expect(judgeRequest({ spec } as SigningRequest, facts).approve).toBe(false);
});

test('machines are expected under the names of their Machines, not of those that go, and those that somebody listed', () => {
  const machine = (name: string, more: object = {}) =>
    ({ metadata: { name, ...more }, spec: { infrastructureRef: { name }, providerID: 'local:///d/w1-2' } }) as never;
  expect([...expectedNodes([machine('w1')], { 'godwit.io/nodes': 'a, b' })]).toEqual(['w1', 'w1-2', 'a', 'b']);
  expect(expectedNodes([machine('w1', { deletionTimestamp: '2030-01-01T00:00:00Z' })]).size).toBe(0);
});
