import { expect, test } from 'vitest';
import { parseChallenge } from './challenge.ts';
import { parseImageName } from './image-name.ts';
import { findCredentials } from './pull-secret.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['quay.io/org/release:4.21.0', { registry: 'quay.io', repository: 'org/release', reference: '4.21.0' }],
  ['registry.godwit.local:5000/a/b/c', { registry: 'registry.godwit.local:5000', repository: 'a/b/c', reference: 'latest' }],
  ['localhost/release:1', { registry: 'localhost', repository: 'release', reference: '1' }],
  [`quay.io/org/release@${DIGEST}`, { registry: 'quay.io', repository: 'org/release', reference: DIGEST }],
  [`quay.io/org/release:4.21.0@${DIGEST}`, { registry: 'quay.io', repository: 'org/release', reference: DIGEST }],
])('%s is taken apart', (name, parts) => {
  expect(parseImageName(name)).toEqual(parts);
});

test.each([
  '',
  'release',
  'org/release:1',
  'quay.io/',
  'quay.io/Org/x',
  'quay.io/org/x@sha256:12',
  'quay.io/org/x y',
  'https://quay.io/org/x',
])('%j is not the name of an image with its registry', (name) => {
  expect(parseImageName(name)).toBeUndefined();
});

const image = { registry: 'quay.io', repository: 'org/release', reference: '1' };
const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

test.each([
  ['the registry', { 'quay.io': auth('a:b') }, { username: 'a', password: 'b' }],
  ['a URL of it', { 'https://quay.io/v1/': auth('a:b') }, { username: 'a', password: 'b' }],
  ['the longest path', { 'quay.io': auth('a:b'), 'quay.io/org': auth('c:d:e') }, { username: 'c', password: 'd:e' }],
  ['plain words', { 'quay.io': { username: 'a', password: 'b' } }, { username: 'a', password: 'b' }],
  ['another registry', { 'docker.io': auth('a:b') }, undefined],
  ['a path that only begins alike', { 'quay.io/organ': auth('a:b') }, undefined],
  ['no password', { 'quay.io': {} }, undefined],
])('a pull secret with %s has the right credentials', (_title, auths, credentials) => {
  expect(findCredentials(JSON.stringify({ auths }), image)).toEqual(credentials);
});

test.each([
  ['no header', undefined, undefined],
  ['a password', 'Basic realm="x"', { scheme: 'basic' }],
  [
    'a token',
    'Bearer realm="https://auth.example/token",service="registry",scope="repository:org/release:pull"',
    { scheme: 'bearer', realm: 'https://auth.example/token', parameters: { service: 'registry', scope: 'repository:org/release:pull' } },
  ],
  ['a token from nowhere', 'Bearer service="registry"', undefined],
  ['something else', 'Negotiate', undefined],
])('a registry that asks for %s is understood', (_title, header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge);
});
