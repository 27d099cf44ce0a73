import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostedClusterMigration, parseObject } from '@godwit/api';
import { accessOf, parseKubeconfig } from '@godwit/kube';
import { aHostedCluster, aNodePool } from '@godwit/testkit';
import { describe, expect, test } from 'vitest';
import { moveDescription, moveSummaryLines } from '../../printers/describe-move.ts';
import { announcement, expectedDowntime } from './announce.ts';
import { bundleKeyOf } from './bundle-key.ts';
import { canBeTakenBack, exitCodeOfMove, stateOfMove } from './move-facts.ts';
import { moveView, phaseLine } from './move-view.ts';
import { companionsOf, moveObject } from './objects.ts';
import { findingLines, findingsOf } from './rehearse.ts';
import { type MoveOptions, type MoveRequest, moveRequest } from './request.ts';
import { selfContained } from './source-kubeconfig.ts';

type Status = NonNullable<HostedClusterMigration['status']>;

const folder = mkdtempSync(join(tmpdir(), 'godwit-move-'));
const fileWith = (name: string, data: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
};
const credentials = fileWith('credentials', '[default]\naws_access_key_id = AK\naws_secret_access_key = hunter2\n');
const KEY = Buffer.alloc(32, 9);
const flags: MoveOptions = {
  mgmtTarget: 'beta',
  bucket: 'moves',
  credentials,
  mode: 'with-nodes',
  soak: '15m',
  hostedNamespace: 'hypershift',
};
const requestOf = (options: Partial<MoveOptions> = {}): MoveRequest =>
  moveRequest(
    { namespace: 'clusters', name: 'demo' },
    { ...flags, encryptionKey: fileWith('key', KEY), ...options },
    { source: 'alpha', environment: {} },
  );
const parts = { name: 'demo-1', kubeconfig: 'apiVersion: v1', sourceUid: 'u-1' };
const place = { calledAs: 'godwit', globals: { context: 'beta' } };
const now = new Date('2030-01-01T12:00:30Z');

const conditions = (
  succeeded: 'True' | 'False' | undefined,
  reason = 'Moved',
  message = 'demo serves here',
): NonNullable<Status['conditions']> =>
  ['Ready', ...(succeeded === undefined ? [] : ['Succeeded'])].map((type) => ({
    type,
    status: succeeded ?? 'False',
    reason,
    message,
    lastTransitionTime: '2030-01-01T12:00:00Z',
  }));

const aMove = (status: Status = {}, spec: Partial<HostedClusterMigration['spec']> = {}): HostedClusterMigration => {
  const move = moveObject(requestOf(), parts);
  return { ...move, spec: { ...move.spec, ...spec }, status };
};

const phase = (name: string, done = true, message = `${name} is done`) => ({
  name,
  step: 'Step',
  started: '2030-01-01T12:00:00Z',
  ...(done ? { completed: '2030-01-01T12:00:10Z' } : {}),
  reason: 'Done',
  message,
});
const entry = (row: number, name: string, result: string, hashes?: Record<string, string>) => ({
  row,
  name,
  result,
  completed: '2030-01-01T12:00:10Z',
  ...(hashes && { hashes }),
});
const began = { startTimestamp: '2030-01-01T12:00:00Z', itinerary: 'Move' };
const ended = { ...began, completionTimestamp: '2030-01-01T12:02:00Z' };

describe('the kubeconfig of the source', () => {
  const certificate = { cert: '-----BEGIN CERTIFICATE-----\nA\n', key: '-----BEGIN KEY-----\nB\n' };
  test.each([
    ['a certificate', { certificate }],
    ['a certificate in files', { certificateFiles: { cert: fileWith('c', certificate.cert), key: fileWith('k', certificate.key) } }],
  ])('has %s inline', (_title, user) => {
    const text = selfContained('alpha', { server: 'https://a:6443', ca: certificate.cert, serverName: 'kubernetes', ...user });
    const read = accessOf(parseKubeconfig(text, 'the Secret'));
    expect(read).toMatchObject({ server: 'https://a:6443', ca: certificate.cert, serverName: 'kubernetes', certificate });
    expect(text).not.toContain(folder);
  });
  test('has a token inline', () => {
    expect(accessOf(parseKubeconfig(selfContained('alpha', { server: 'https://a', token: 't-1', insecure: true }), 'x'))).toMatchObject({
      token: 't-1',
      insecure: true,
    });
  });
  test.each([
    ['a program', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws' } }, 'runs aws to log in'],
    ['a file with a token', { tokenFile: '/run/token' }, 'has its token in the file /run/token'],
    ['another user', { impersonate: { user: 'boss' } }, 'acts as boss'],
  ])('that needs %s is refused with the way out', (_title, user, why) => {
    expect(() => selfContained('alpha', { server: 'https://a', ...user })).toThrow(
      expect.objectContaining({
        reason: 'KubeconfigNotSelfContained',
        exitCode: 6,
        why: expect.stringContaining(why),
        next: expect.any(String),
      }),
    );
  });
});

describe('the key of the bundle', () => {
  test.each([
    ['raw', KEY],
    ['hex', `${KEY.toString('hex')}\n`],
    ['base64', `${KEY.toString('base64')}\n`],
  ])('may be %s', (name, data) => {
    expect(bundleKeyOf(fileWith(`key-${name}`, data))).toEqual({ key: KEY, given: true });
  });
  test('is random when none is given, and new each time', () => {
    const [one, other] = [bundleKeyOf(undefined), bundleKeyOf(undefined)];
    expect([one.key.length, one.given, one.key.equals(other.key)]).toEqual([32, false, false]);
  });
  test('of another length is refused without showing it', () => {
    expect(() => bundleKeyOf(fileWith('short', 'hunter2'))).toThrow(
      expect.objectContaining({ exitCode: 2, why: expect.not.stringContaining('hunter2') }),
    );
  });
});

describe('what a move is made of', () => {
  test('the object is one that its kind takes, and holds no secret', () => {
    const move = moveObject(
      requestOf({ endpoint: 'https://minio:9000', ca: credentials, targetNamespace: 'tenants', confirmTeardown: 'demo' }),
      parts,
    );
    expect(parseObject(HostedClusterMigration, move)).toMatchObject({ ok: true });
    expect(JSON.stringify(move)).not.toMatch(/hunter2|AK/);
    expect(move.spec).toMatchObject({
      hostedCluster: { namespace: 'clusters', name: 'demo' },
      source: { kubeconfigSecret: { name: 'demo-1-source' }, clusterUID: 'u-1' },
      targetNamespace: 'tenants',
      mode: 'WithNodes',
      store: {
        endpoint: 'https://minio:9000',
        forcePathStyle: true,
        caBundle: { name: 'demo-1-store-ca' },
        credentials: { name: 'demo-1-store' },
      },
      encryptionKey: { name: 'demo-1-key' },
      confirmTeardown: 'demo',
      paused: false,
    });
  });
  test('a rehearsal stops before anything is changed, and tears nothing down', () => {
    const { metadata, spec } = moveObject(requestOf({ dryRun: true, confirmTeardown: 'demo' }), parts);
    expect([spec.paused, metadata.annotations, spec.confirmTeardown]).toEqual([
      true,
      { 'godwit.io/hold-before': 'FreezeSource' },
      undefined,
    ]);
  });
  test('the key stays when the move goes, everything else goes with it', () => {
    const { passing, lasting } = companionsOf(requestOf({ ca: credentials }), parts);
    expect(passing.map(({ metadata }) => metadata.name)).toEqual(['demo-1-source', 'demo-1-store', 'demo-1-store-ca']);
    expect(lasting.map(({ metadata }) => metadata.name)).toEqual(['demo-1-key']);
  });
  test.each<[string, Partial<MoveOptions>, number]>([
    ['no target', { mgmtTarget: '' }, 2],
    ['a mode that is none', { mode: 'nodes' }, 2],
    ['a soak that is no time', { soak: 'long' }, 2],
    ['no bucket', { bucket: '' }, 2],
    ['another name for the teardown', { confirmTeardown: 'other' }, 6],
  ])('%s is refused', (_title, options, exitCode) => {
    expect(() => requestOf(options)).toThrow(expect.objectContaining({ exitCode }));
  });
});

describe('the announcement', () => {
  test.each([
    [undefined, 15],
    [100 * 1024 * 1024, 25],
    [1024 ** 3, 80],
  ])('of an etcd of %s bytes expects %s s without the API', (bytes, seconds) => {
    expect(expectedDowntime(bytes)).toBe(seconds);
  });
  test('says what stays, how long the API is away, and what happens to the source', () => {
    const pools = [{ ...aNodePool(), status: { replicas: 2 } }];
    const text = announcement(
      { cluster: aHostedCluster(), pools, etcdBytes: 100 * 1024 * 1024 },
      requestOf({ confirmTeardown: 'demo' }),
    ).join('\n');
    expect(text).toContain('Hosted cluster demo moves from alpha to beta; its nodes (2) stay');
    expect(text).toContain('away for about 25 s (its etcd had 100 MiB at its last backup); workloads go on');
    expect(text).toContain('What is left on alpha is removed at the end.');
  });
});

describe('the state of a move, and the exit code that equals it', () => {
  const frozen = [phase('Preflight'), phase('FreezeSource')];
  test.each<[string, HostedClusterMigration, string, number]>([
    ['nobody has looked at it', aMove(), 'Pending', 0],
    ['it cannot be opened', aMove({ conditions: conditions('False', 'StoreInvalid', 'no such bucket') }), 'Blocked', 6],
    ['it works', aMove({ ...began, phase: 'SaveEtcd', phases: frozen }), 'Running', 0],
    ['it is paused', aMove({ ...began, phase: 'SaveEtcd', phases: frozen }, { paused: true }), 'Paused', 0],
    ['it goes back after a failure', aMove({ ...began, phase: 'SaveEtcd', phases: frozen, errors: ['x'] }), 'Undoing', 0],
    [
      'it goes back because it was canceled',
      aMove({ ...began, itinerary: 'Undo', phase: 'RestartSource', phases: frozen }, { canceled: true }),
      'Undoing',
      0,
    ],
    ['it has succeeded', aMove({ ...ended, phase: 'Completed', phases: frozen, conditions: conditions('True') }), 'Succeeded', 0],
    [
      'it was canceled',
      aMove({ ...ended, phase: 'Undone', phases: frozen, conditions: conditions('False', 'Undone') }, { canceled: true }),
      'Canceled',
      3,
    ],
    [
      'it has failed and was taken back',
      aMove({ ...ended, phase: 'Undone', phases: frozen, errors: ['x'], conditions: conditions('False', 'Undone') }),
      'Failed',
      3,
    ],
    [
      'its checks refused it',
      aMove({ ...ended, phase: 'Failed', phases: [phase('Preflight')], errors: ['x'], conditions: conditions('False', 'Failed') }),
      'Failed',
      6,
    ],
  ])('%s', (_title, move, state, exitCode) => {
    expect([stateOfMove(move), exitCodeOfMove(move)]).toEqual([state, exitCode]);
  });
  test('it can be taken back until names in DNS are being raised', () => {
    expect(canBeTakenBack(aMove({ phases: frozen }))).toBe(true);
    expect(canBeTakenBack(aMove({ phases: [...frozen, phase('RaiseDNS', false)] }))).toBe(false);
  });
});

describe('a move that is followed', () => {
  const saving = aMove({
    ...began,
    phase: 'SaveEtcd',
    phases: [phase('FreezeSource'), { ...phase('SaveEtcd', false, '12 MiB of 40 MiB, 4 MiB/s'), attempts: 2 }],
    evidence: [entry(1, 'frozen', 'the cluster and 1 pools rest')],
    downtime: { started: '2030-01-01T12:00:20Z' },
  });
  const saved = aMove({
    ...saving.status,
    phase: 'SaveObjects',
    phases: [phase('SaveEtcd'), phase('SaveObjects', false, 'Working')],
    evidence: [...(saving.status?.evidence ?? []), entry(4, 'upload', 'equal', { object: 'abcdef0123456789' })],
    downtime: { started: '2030-01-01T12:00:20Z', seconds: 9.4 },
  });

  test('is shown with its place on the ladder, its record, and how long the API is away', () => {
    expect(moveView.lines(saving, now)).toEqual([
      '[5/16] SaveEtcd: 12 MiB of 40 MiB, 4 MiB/s, attempt 2  (30s)',
      '      row 1  frozen: the cluster and 1 pools rest',
      '      API away for 10s',
    ]);
  });
  test('is told by what is new', () => {
    expect(moveView.news(saving, saved)).toEqual([
      '  row 4  upload: equal  object abcdef012345…',
      '  API was away for 9.4 s',
      '[6/16] SaveObjects: Working',
    ]);
    expect(moveView.news(saved, saved)).toEqual([]);
  });
  test('goes back on a ladder of its own', () => {
    expect(
      phaseLine(aMove({ ...began, itinerary: 'Undo', phase: 'RestartSource', phases: [phase('RestartSource', false, 'Starting')] })),
    ).toBe('[2/3] RestartSource: Starting');
  });
  test('says what it waits for before it begins', () => {
    expect(phaseLine(aMove())).toBe('waiting for the operator');
    expect(phaseLine(aMove({ conditions: conditions('False', 'StoreInvalid', 'no such bucket') }))).toBe('StoreInvalid: no such bucket');
  });
});

describe('what a move came to', () => {
  const text = (move: HostedClusterMigration): string => moveSummaryLines(move, now, place).join('\n');
  test('names its downtime, its nodes and the next command', () => {
    const nodes = [
      { name: 'n1', uid: 'u', returned: '2030-01-01T12:01:00Z' },
      { name: 'n2', uid: 'v' },
    ];
    const move = aMove({ ...ended, phases: [phase('FreezeSource')], conditions: conditions('True'), downtime: { seconds: 12.34 }, nodes });
    expect(text(move)).toContain(
      'move demo-1 of hosted cluster demo succeeded after 2m\nthe API was away for 12.3 s\nnodes: 1 of 2 back\n',
    );
    expect(text(move)).toContain('Next: godwit hosted status demo --context beta --namespace clusters');
  });
  test.each<[string, Status, string]>([
    [
      'failed before anything was changed',
      { ...ended, errors: ['no'], conditions: conditions('False') },
      'nothing was changed; the source serves as before',
    ],
    [
      'failed and was taken back',
      { ...ended, phases: [phase('FreezeSource')], errors: ['no'] },
      'the source serves again as before the move',
    ],
    [
      'failed past the point of no return',
      { ...ended, phases: [phase('FreezeSource'), phase('RaiseDNS')], errors: ['no'] },
      'the source is not brought back',
    ],
    ['cannot begin', { conditions: conditions('False', 'StoreInvalid', 'no such bucket') }, 'error: StoreInvalid: no such bucket'],
  ])('that it %s', (_title, status, words) => {
    expect(text(aMove(status))).toContain(words);
  });
  test('its description has journal and record', () => {
    const move = aMove({ ...began, phase: 'SaveEtcd', phases: [phase('FreezeSource')], evidence: [entry(1, 'frozen', 'rests')] });
    expect(moveDescription(move, now).join('\n')).toMatch(
      /FreezeSource +Step +0s +10s +1 +FreezeSource is done[\s\S]*row 1 {2}frozen: rests/,
    );
  });
});

describe('the report of the preflight', () => {
  test('puts what stands in the way first', () => {
    const problem = 'everybody may read s3://moves; take public access away';
    const move = aMove({
      ...ended,
      errors: [`Preflight: Nothing was changed, since the move would fail: ${problem}`],
      evidence: [entry(0, 'Clocks', '0 s apart at most'), entry(0, 'BucketPublic', problem), entry(1, 'frozen', 'no')],
    });
    const findings = findingsOf(move);
    expect(findings.map(({ ok }) => ok)).toEqual([true, false]);
    expect(findingLines(findings)).toEqual([
      'OK    CHECK          RESULT',
      `NO    BucketPublic   ${problem}`,
      'yes   Clocks         0 s apart at most',
    ]);
  });
  test('of a move that cannot be opened is its reason', () => {
    expect(findingsOf(aMove({ conditions: conditions('False', 'StoreInvalid', 'no such bucket') }))).toEqual([
      { name: 'StoreInvalid', result: 'no such bucket', ok: false },
    ]);
  });
});
