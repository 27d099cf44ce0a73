import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessOf, contextNames } from './access-of.ts';
import { inClusterAccess } from './in-cluster.ts';
import { loadKubeconfig } from './load.ts';
import { mergeKubeconfigs } from './merge.ts';
import { parseKubeconfig } from './parse.ts';

const CERT = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN EC PRIVATE KEY-----\nBBBB\n-----END EC PRIVATE KEY-----\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** One context with one cluster and one user, given as YAML flow mappings. */
const config = (cluster: string, user = '{}', context = '{ cluster: alpha, user: admin }') =>
  `current-context: alpha
clusters: [{ name: alpha, cluster: ${cluster} }]
users: [{ name: admin, user: ${user} }]
contexts: [{ name: alpha, context: ${context} }]`;

const SERVER = 'server: "https://alpha:6443"';
const accessFrom = (text: string, context?: string) => accessOf(parseKubeconfig(text, '/home/ada/.kube/config'), context);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('access from a kubeconfig', () => {
  test.each([
    ['a token', '{ token: t0 }', { token: 't0' }],
    ['a token file, which wins over a token', '{ token: t0, tokenFile: /t }', { token: 't0', tokenFile: '/t' }],
    ['user name and password', '{ username: ada, password: pw }', { basic: { username: 'ada', password: 'pw' } }],
    [
      'a client certificate in the file',
      `{ client-certificate-data: ${base64(CERT)}, client-key-data: ${base64(KEY)} }`,
      { certificate: { cert: CERT, key: KEY } },
    ],
    [
      'somebody to act as',
      '{ token: t0, as: eve, as-uid: u1, as-groups: [dev, ops], as-user-extra: { reason: [audit] } }',
      { impersonate: { user: 'eve', uid: 'u1', groups: ['dev', 'ops'], extra: { reason: ['audit'] } } },
    ],
    ['the token that an old auth provider left', '{ auth-provider: { name: oidc, config: { id-token: i0 } } }', { token: 'i0' }],
  ])('knows %s', (_title, user, expected) => {
    expect(accessFrom(config(`{ ${SERVER} }`, user))).toMatchObject(expected);
  });

  test.each([
    ['the namespace of the context', config(`{ ${SERVER} }`, '{}', '{ cluster: alpha, namespace: shop }'), { namespace: 'shop' }],
    ['the namespace default otherwise', config(`{ ${SERVER} }`), { namespace: 'default' }],
    ['the server without its last slash', config('{ server: "https://alpha/k8s/c-1/" }'), { server: 'https://alpha/k8s/c-1' }],
    ['https where the server has no scheme', config('{ server: "alpha:6443" }'), { server: 'https://alpha:6443' }],
    ['a CA in the file', config(`{ ${SERVER}, certificate-authority-data: ${base64(CERT)} }`), { ca: CERT }],
    ['that verification is to be skipped', config(`{ ${SERVER}, insecure-skip-tls-verify: true }`), { insecure: true }],
    ['the name in the certificate', config(`{ ${SERVER}, tls-server-name: kubernetes }`), { serverName: 'kubernetes' }],
    ['a proxy', config(`{ ${SERVER}, proxy-url: "http://proxy:3128" }`), { proxy: 'http://proxy:3128' }],
  ])('knows %s', (_title, text, expected) => {
    expect(accessFrom(text)).toMatchObject(expected);
  });

  test('knows an exec plugin, with the settings that the cluster has for it', () => {
    const extension = '{ name: client.authentication.k8s.io/exec, extension: { audience: x } }';
    const user =
      '{ exec: { apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [get], env: [{ name: A, value: b }], installHint: "get it", provideClusterInfo: true } }';
    expect(accessFrom(config(`{ ${SERVER}, extensions: [${extension}] }`, user)).exec).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './login',
      args: ['get'],
      env: { A: 'b' },
      installHint: 'get it',
      provideClusterInfo: true,
      folder: '/home/ada/.kube',
      config: { audience: 'x' },
    });
  });

  test('takes another context than the current one by its name', () => {
    const text = `${config(`{ ${SERVER} }`)}\n`.replace(
      /contexts: \[(.*)\]/,
      'contexts: [$1, { name: beta, context: { cluster: alpha } }]',
    );
    expect(accessFrom(text, 'beta')).toMatchObject({ context: 'beta', server: 'https://alpha:6443' });
    expect(contextNames(parseKubeconfig(text, '/x'))).toEqual(['alpha', 'beta']);
  });

  test('reads JSON too', () => {
    const json = {
      'current-context': 'a',
      clusters: [{ name: 'a', cluster: { server: 'https://a' } }],
      contexts: [{ name: 'a', context: { cluster: 'a' } }],
    };
    expect(accessFrom(JSON.stringify(json)).server).toBe('https://a');
  });
});

describe('a kubeconfig that cannot be used', () => {
  const good = config(`{ ${SERVER} }`);
  test.each([
    ['a context that does not exist', good, 'gamma', 'there is no context gamma; known contexts: alpha'],
    ['no current context', good.replace('current-context: alpha', ''), undefined, 'no context is current; pass --context'],
    ['no contexts at all', 'apiVersion: v1', 'x', 'there are no contexts'],
    [
      'a cluster that does not exist',
      good.replace('cluster: alpha,', 'cluster: beta,'),
      undefined,
      'names the cluster beta, which does not exist; known clusters: alpha',
    ],
    [
      'a user that does not exist',
      good.replace('user: admin }', 'user: eve }'),
      undefined,
      'names the user eve, which does not exist; known users: admin',
    ],
    ['a context without a cluster', good.replace('cluster: alpha,', ''), undefined, 'context alpha: names no cluster'],
    ['no server', config('{}'), undefined, 'cluster alpha (context alpha): has no server'],
    ['a server that is no URL', config('{ server: "ftp://x" }'), undefined, 'is not an http(s) URL'],
    ['a CA that is no PEM', config(`{ ${SERVER}, certificate-authority-data: AAAA }`), undefined, 'is not base64 of PEM text'],
    [
      'a CA file that is missing',
      config(`{ ${SERVER}, certificate-authority: gone.crt }`),
      undefined,
      'certificate-authority /home/ada/.kube/gone.crt cannot be read (ENOENT)',
    ],
    [
      'a CA although verification is skipped',
      config(`{ ${SERVER}, insecure-skip-tls-verify: true, certificate-authority-data: ${base64(CERT)} }`),
      undefined,
      'contradicts',
    ],
    [
      'a certificate without its key',
      config(`{ ${SERVER} }`, `{ client-certificate-data: ${base64(CERT)} }`),
      undefined,
      'client certificate without a key',
    ],
    [
      'a proxy of an unsupported kind',
      config(`{ ${SERVER}, proxy-url: "socks5://p:1" }`),
      undefined,
      'proxy-url uses socks5, which is not supported',
    ],
    ['groups to act as without a user', config(`{ ${SERVER} }`, '{ as-groups: [dev] }'), undefined, 'need as'],
    [
      'an exec plugin of a removed version',
      config(`{ ${SERVER} }`, '{ exec: { command: x, apiVersion: client.authentication.k8s.io/v1alpha1 } }'),
      undefined,
      'v1alpha1, which is not supported',
    ],
    [
      'an auth provider without a token',
      config(`{ ${SERVER} }`, '{ auth-provider: { name: gcp } }'),
      undefined,
      'auth-provider gcp is no longer supported',
    ],
    ['an entry without a name', 'clusters: [{ cluster: {} }]', undefined, 'clusters[0] has no name'],
    ['a list that is none', 'users: {}', undefined, 'users must be a list'],
    ['text that is no mapping', '- a', undefined, 'a kubeconfig is a mapping'],
  ])('is explained: %s', (_title, text, context, message) => {
    expect(() => accessFrom(text, context)).toThrow(message);
    expect(() => accessFrom(text, context)).toThrow(/^\/home\/ada\/\.kube\/config: /);
  });

  test('is not quoted in messages, because it holds secrets', () => {
    expect(() => accessFrom('users: [{ name: a, user: { token: "s3cret }')).toThrow(/not valid YAML at line \d+/);
    expect(() => accessFrom('users: [{ name: a, user: { token: "s3cret }')).not.toThrow(/s3cret/);
  });
});

describe('loading', () => {
  test('resolves file references against the file that names them', () => {
    mkdirSync(join(folder, 'pki'));
    for (const [name, text] of [
      ['ca.crt', CERT],
      ['me.crt', CERT],
      ['me.key', KEY],
    ] as const)
      file(join('pki', name), text);
    const user = '{ client-certificate: pki/me.crt, client-key: pki/me.key, tokenFile: token }';
    const path = file('config', config(`{ ${SERVER}, certificate-authority: ./pki/ca.crt }`, user));
    expect(accessOf(loadKubeconfig({ path }))).toMatchObject({
      ca: CERT,
      certificateFiles: { cert: join(folder, 'pki/me.crt'), key: join(folder, 'pki/me.key') },
      tokenFile: join(folder, 'token'),
    });
  });

  test('prefers inline data to a file', () => {
    const path = file('config', config(`{ ${SERVER}, certificate-authority: gone.crt, certificate-authority-data: ${base64(CERT)} }`));
    expect(accessOf(loadKubeconfig({ path })).ca).toBe(CERT);
  });

  test('joins the files of KUBECONFIG, of which the first to name something wins, and skips missing ones', () => {
    const first = file('first', config('{ server: "https://first" }'));
    const second = file(
      'second',
      `${config('{ server: "https://second" }').replace('current-context: alpha', 'current-context: beta')}
extra: 1`.replace('contexts: [', 'contexts: [{ name: beta, context: { cluster: alpha } }, '),
    );
    const kubeconfig = loadKubeconfig({ env: { KUBECONFIG: ['', join(folder, 'gone'), first, second, first].join(delimiter) } });
    expect(kubeconfig.files).toEqual([first, second]);
    expect(accessOf(kubeconfig)).toMatchObject({ context: 'alpha', server: 'https://first' });
    expect(accessOf(kubeconfig, 'beta')).toMatchObject({ server: 'https://first' });
  });

  test('reads ~/.kube/config when nothing is named', () => {
    mkdirSync(join(folder, '.kube'));
    file('.kube/config', config(`{ ${SERVER} }`));
    expect(accessOf(loadKubeconfig({ env: { HOME: folder } })).server).toBe('https://alpha:6443');
  });

  test.each([
    ['the given file', () => ({ path: join(folder, 'gone') }), 'gone: cannot be read (ENOENT)'],
    ['all of KUBECONFIG', () => ({ env: { KUBECONFIG: join(folder, 'gone') } }), 'gone does not exist; pass --kubeconfig'],
    ['the one in the home folder', () => ({ env: { HOME: folder } }), 'no kubeconfig found'],
  ])('says which file is missing: %s', (_title, options, message) => {
    expect(() => loadKubeconfig(options())).toThrow(message);
  });

  test('merging nothing is an empty kubeconfig', () => {
    expect(contextNames(mergeKubeconfigs([]))).toEqual([]);
  });
});

describe('in a pod', () => {
  const env = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };

  test('the service account gives access, also over IPv6', () => {
    file('token', 't');
    file('ca.crt', CERT);
    file('namespace', 'shop\n');
    expect(inClusterAccess(env, folder)).toEqual({
      server: 'https://[fd00::1]:6443',
      context: 'in-cluster',
      namespace: 'shop',
      ca: CERT,
      tokenFile: join(folder, 'token'),
    });
  });

  test('without a token or without the service address there is none', () => {
    expect([inClusterAccess(env, folder), inClusterAccess({}, folder)]).toEqual([undefined, undefined]);
  });
});
