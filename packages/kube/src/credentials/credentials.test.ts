import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Access } from '../access.ts';
import { credentialsOf, impersonationHeaders } from './credentials.ts';
import { readExecCredential } from './exec-plugin.ts';
import { remembered } from './remembered.ts';

const API = 'client.authentication.k8s.io/v1';
const server = 'https://alpha:6443';
const exec = { apiVersion: API, command: './login', installHint: 'Install login first.' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (script: string): Access => {
  writeFileSync(join(folder, 'login'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'login'), 0o755);
  return { server, exec: { ...exec, folder, env: { HINT: 'from-kubeconfig' }, args: ['get', 'token'], provideClusterInfo: true } };
};

const printed = (status: object) => JSON.stringify({ apiVersion: API, kind: 'ExecCredential', status });

describe('credentials', () => {
  test.each<[string, Omit<Access, 'server'>, object]>([
    ['nothing', {}, {}],
    ['a token', { token: 't0' }, { authorization: 'Bearer t0' }],
    ['a name and a password', { basic: { username: 'ada', password: 'pw' } }, { authorization: 'Basic YWRhOnB3' }],
  ])('of %s become headers', async (_title, access, headers) => {
    expect((await credentialsOf({ server, ...access }).identity()).headers).toEqual(headers);
  });

  test('of a token file are read again after a refusal', async () => {
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'old\n');
    const credentials = credentialsOf({ server, tokenFile });
    expect((await credentials.identity()).headers).toEqual({ authorization: 'Bearer old' });
    writeFileSync(tokenFile, 'new\n');
    expect((await credentials.identity()).headers).toEqual({ authorization: 'Bearer old' });
    credentials.renew();
    expect((await credentials.identity()).headers).toEqual({ authorization: 'Bearer new' });
  });

  test('of a missing or empty token file are a fault that names the file', async () => {
    const tokenFile = join(folder, 'token');
    await expect(credentialsOf({ server, tokenFile }).identity()).rejects.toMatchObject({
      fault: 'auth',
      message: expect.stringContaining(tokenFile),
    });
    writeFileSync(tokenFile, '\n');
    await expect(credentialsOf({ server, tokenFile }).identity()).rejects.toThrow('is empty');
  });

  test('of an exec plugin are asked for once, and again after a refusal', async () => {
    const access = program(`echo run >> ${join(folder, 'runs')}\necho '${printed({ token: 'x0' })}'`);
    const credentials = credentialsOf(access);
    const identities = await Promise.all([credentials.identity(), credentials.identity()]);
    expect(identities.map(({ headers }) => headers.authorization)).toEqual(['Bearer x0', 'Bearer x0']);
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\n');
    credentials.renew();
    await credentials.identity();
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\nrun\n');
  });

  test('that have expired are asked for again', async () => {
    const status = { token: 'x0', expirationTimestamp: '2001-01-01T00:00:00Z' };
    const credentials = credentialsOf(program(`echo run >> ${join(folder, 'runs')}\necho '${printed(status)}'`));
    await credentials.identity();
    await credentials.identity();
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\nrun\n');
  });

  test('of an exec plugin come with the arguments, the environment and the cluster that the plugin was promised', async () => {
    const access = program(
      `echo "$@ $HINT" > ${join(folder, 'seen')}; echo "$KUBERNETES_EXEC_INFO" > ${join(folder, 'info')}; echo '${printed({ token: 'x' })}'`,
    );
    await credentialsOf(access).identity();
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('get token from-kubeconfig\n');
    expect(JSON.parse(readFileSync(join(folder, 'info'), 'utf8'))).toMatchObject({ apiVersion: API, spec: { cluster: { server } } });
  });

  test('of a plugin that fails are a fault with the hint to install it and without its output', async () => {
    const failing = credentialsOf(program('echo s3cret; echo s3cret >&2; exit 3')).identity();
    await expect(failing).rejects.toMatchObject({ fault: 'auth', message: expect.stringMatching(/exit code 3.*Install login first/) });
    await expect(failing).rejects.not.toThrow(/s3cret/);
  });

  test('of a plugin that is not installed are a fault that names it', async () => {
    const missing = credentialsOf({ server, exec: { ...exec, command: 'no-such-login-program' } });
    await expect(missing.identity()).rejects.toThrow('exec plugin no-such-login-program for https://alpha:6443 could not be started');
  });
});

describe('what an exec plugin prints', () => {
  const access: Access = { server, exec };

  test('may be a client certificate', () => {
    expect(readExecCredential(printed({ clientCertificateData: 'C', clientKeyData: 'K' }), access)).toEqual({
      certificate: { cert: 'C', key: 'K' },
    });
  });

  test.each([
    ['text', 'welcome', 'did not print JSON'],
    [
      'another version',
      JSON.stringify({ apiVersion: `${API}beta1`, kind: 'ExecCredential', status: { token: 't' } }),
      'but printed ExecCredential of',
    ],
    ['no credential', printed({}), 'neither a token nor a client certificate'],
    ['half a certificate', printed({ clientKeyData: 'K' }), 'only one of'],
  ])('is refused when it is %s', (_title, text, message) => {
    expect(() => readExecCredential(text, access)).toThrow(message);
  });
});

test('impersonation becomes headers, with encoded names of extra fields', () => {
  expect(impersonationHeaders({ user: 'eve', uid: 'u', groups: ['a', 'b'], extra: { 'example.org/Why': ['audit'] } })).toEqual({
    'impersonate-user': 'eve',
    'impersonate-uid': 'u',
    'impersonate-group': ['a', 'b'],
    'impersonate-extra-example.org%2Fwhy': ['audit'],
  });
});

test('a remembered value is fetched again when it expires, and a failure is not remembered', async () => {
  let now = 0;
  const answers: (number | Error)[] = [new Error('down'), 1, 2];
  const fetch = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer as number;
  };
  const memory = remembered(
    fetch,
    () => 100,
    () => now,
  );
  await expect(memory.get()).rejects.toThrow('down');
  expect([await memory.get(), await memory.get()]).toEqual([1, 1]);
  now = 100;
  expect(await memory.get()).toBe(2);
});
