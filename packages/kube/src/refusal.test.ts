import { expect, test } from 'vitest';
import { parsedAnswer, refusal, retryAfterOf } from './refusal.ts';

const status = JSON.stringify({
  kind: 'Status',
  message: 'configmaps "a" already exists',
  reason: 'AlreadyExists',
  details: { name: 'a' },
});

test.each([
  [
    'a Status',
    { status: 409, headers: {}, text: status },
    {
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists (GET x)',
      said: 'configmaps "a" already exists',
      details: { name: 'a' },
    },
  ],
  [
    'plain text',
    { status: 503, headers: { 'retry-after': '3' }, text: 'no backend\n' },
    { reason: 'ServiceUnavailable', message: 'no backend (GET x)', retryAfter: 3 },
  ],
  ['nothing', { status: 418, headers: {}, text: '' }, { reason: 'Unknown', message: 'HTTP status 418 (GET x)' }],
  [
    'unauthorized',
    { status: 401, headers: {}, text: 'Unauthorized' },
    { reason: 'Unauthorized', message: expect.stringContaining('log in again') },
  ],
])('a refusal with %s keeps what the server said', (_title, answer, expected) => {
  expect(refusal(answer, 'GET x')).toMatchObject(expected);
});

test.each([
  ['5', 5],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 60],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s means %s seconds', (value, seconds) => {
  expect(retryAfterOf({ 'retry-after': value }, () => 0)).toBe(seconds);
});

test('a success that is not JSON is told apart from an API server', () => {
  expect(() => parsedAnswer({ status: 200, headers: {}, text: '<html>' }, 'GET x')).toThrow(
    'check that the address is that of an API server',
  );
});
