import { expect, test } from 'vitest';
import { credentialsFor } from './credentials.ts';

const AUTHS = JSON.stringify({
  auths: {
    'quay.io': { auth: 'all-of-quay' },
    'quay.io/lab': { auth: 'lab-only' },
    'https://registry.lab:5000/v1/': { username: 'prep', password: 'open' },
    'empty.io': {},
  },
});

test.each([
  ['quay.io/other/a:1', 'all-of-quay'],
  ['quay.io/lab/a:1', 'lab-only'],
  ['quay.io/laboratory/a:1', 'all-of-quay'],
  ['registry.lab:5000/a@sha256:abc', Buffer.from('prep:open').toString('base64')],
  ['empty.io/a:1', undefined],
  ['quay.io.lab/a:1', undefined],
])('%s', (image, credentials) => {
  expect(credentialsFor(AUTHS, image)).toBe(credentials);
});
