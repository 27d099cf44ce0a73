import { expect, test } from 'vitest';
import { readCredentials } from './credentials.ts';

const FILE = `
# comment
[default]
aws_access_key_id = AKIA1
aws_secret_access_key=secret1

[profile other]
aws_access_key_id = AKIA2
aws_secret_access_key = secret2
aws_session_token = token2

[role]
role_arn = arn:aws:iam::123456789012:role/backup
web_identity_token_file = /var/run/token
`;

test.each([
  ['the default profile', FILE, undefined, { kind: 'keys', accessKeyId: 'AKIA1', secretAccessKey: 'secret1' }],
  [
    'a named profile with a token',
    FILE,
    'other',
    { kind: 'keys', accessKeyId: 'AKIA2', secretAccessKey: 'secret2', sessionToken: 'token2' },
  ],
  ['a role profile', FILE, 'role', { kind: 'role', arn: 'arn:aws:iam::123456789012:role/backup', tokenFile: '/var/run/token' }],
  [
    'the bare ARN of a role',
    ' arn:aws:iam::123456789012:role/backup\n',
    undefined,
    { kind: 'role', arn: 'arn:aws:iam::123456789012:role/backup' },
  ],
])('T75 %s', (_title, text, profile, credentials) => {
  expect(readCredentials(text, profile)).toEqual(credentials);
});

test.each([
  ['text that is no such file', 'hello', 'line 1'],
  ['a value before any profile', 'aws_access_key_id = AKIA', 'line 1'],
  ['a profile without a secret key', '[default]\naws_access_key_id = AKIA', 'profile default has neither'],
  ['an absent profile', '[other]\n', 'no profile default'],
  ['nothing', '', 'no profile default'],
])('T75 %s is an error that quotes no value', (_title, text, message) => {
  expect(() => readCredentials(text)).toThrow(message);
  expect(() => readCredentials(text)).not.toThrow('AKIA');
});
