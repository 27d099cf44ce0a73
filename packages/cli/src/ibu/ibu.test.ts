import type { AutoRollbackEvent } from '@godwit/api';
import { ConnectionError } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { expirationLine, ibuStatusLines } from '../printers/ibu-status.ts';
import { deadlineLine } from './deadline-line.ts';
import { doctorLines } from './doctor-lines.ts';
import { acceptanceOf, endingOf, endingOfRetry } from './ending.ts';
import { isRebooting, rollsBackAt } from './facts.ts';
import { lossWords } from './follow.ts';
import { condition, rebooted, reportWith, stateOf, upgradeAt } from './ibu.fixture.ts';
import { suggestions } from './next-commands.ts';
import { prepPatch } from './prep-request.ts';
import { seedLines } from './seed-lines.ts';
import { upgradeView } from './upgrade-view.ts';
import { endingLines } from './wait.ts';

const idle = 'Idle=True Idle Idle';
const busy = 'Idle=False InProgress In progress';

describe('how a wanted stage has ended', () => {
  const prepDone = ['PrepInProgress=False Completed Prep completed', 'PrepCompleted=True Completed Prep completed'];
  test.each([
    ['prep that the agent has not seen', 'Prep', upgradeAt('Prep', [idle]), undefined],
    ['prep that goes on', 'Prep', upgradeAt('Prep', [busy, 'PrepInProgress=True InProgress x']), undefined],
    ['prep that is done', 'Prep', upgradeAt('Prep', [busy, ...prepDone]), { result: 'done', message: 'Prep completed' }],
    [
      'prep that has failed, by what its own condition says',
      'Prep',
      upgradeAt('Prep', ['PrepCompleted=False Failed Prep failed', 'PrepInProgress=False Failed no seed']),
      { result: 'failed', message: 'no seed' },
    ],
    ['prep that somebody aborts', 'Prep', upgradeAt('Idle', [busy]), { result: 'left', message: 'stage Idle was asked for meanwhile' }],
    [
      'an upgrade that is asked for in vain',
      'Upgrade',
      upgradeAt('Upgrade', ['UpgradeInProgress=False InvalidTransition Previous stage not succeeded']),
      { result: 'refused', message: 'Previous stage not succeeded' },
    ],
    [
      'a rollback whose retry is not taken up',
      'Rollback',
      upgradeAt('Rollback', ['RollbackCompleted=False Failed x'], { annotations: { 'lca.openshift.io/rollback-retry': '' } }),
      undefined,
    ],
    ['cleaning up that goes on', 'Idle', upgradeAt('Idle', ['Idle=False Finalizing Finalizing']), undefined],
    ['cleaning up that has failed', 'Idle', upgradeAt('Idle', ['Idle=False AbortFailed why']), { result: 'failed', message: 'why' }],
    ['cleaning up that is through', 'Idle', upgradeAt('Idle', [idle]), { result: 'done', message: 'Idle' }],
    ['an object whose status is not put back yet', 'Upgrade', upgradeAt('Upgrade', []), undefined],
  ] as const)('%s', (_title, goal, upgrade, ending) => {
    expect(endingOf(goal, upgrade)).toEqual(ending);
  });
  test('staying on the present release ends when the upgrade counts as complete', () => {
    expect(acceptanceOf(upgradeAt('Rollback', ['RollbackCompleted=False Failed x']))).toBeUndefined();
    expect(acceptanceOf(upgradeAt('Rollback', ['UpgradeCompleted=True Completed ok']))).toMatchObject({ result: 'done' });
  });
});

describe('how trying again has ended', () => {
  const at = (stage: 'Idle' | 'Rollback', text: string, annotations?: Record<string, string>) =>
    upgradeAt(stage, [text], annotations && { annotations });
  const cleanup = { 'lca.openshift.io/manual-cleanup-done': 'godwit' };
  const aborted = at('Idle', 'Idle=False AbortFailed why');
  const failed = at('Rollback', 'RollbackCompleted=False Failed why');
  const later = {
    ...failed,
    status: { conditions: [{ ...condition('RollbackCompleted=False Failed why'), lastTransitionTime: '2030-01-02' }] },
  };
  test.each([
    [
      'not by the failure that was there before, although the annotation is used up',
      'Idle',
      [aborted, at('Idle', 'Idle=False AbortFailed why', cleanup), aborted],
      undefined,
    ],
    ['not while it goes on', 'Idle', [aborted, at('Idle', 'Idle=False Aborting Aborting')], undefined],
    ['by success', 'Idle', [aborted, at('Idle', 'Idle=False Aborting Aborting'), at('Idle', idle)], 'done'],
    ['by success that is all that was seen', 'Idle', [at('Idle', idle)], 'done'],
    ['by the same failure, once it was seen to go on', 'Idle', [at('Idle', 'Idle=False Aborting Aborting'), aborted], 'failed'],
    ['by a later failure, of which only the end was seen', 'Rollback', [failed, later], 'failed'],
  ] as const)('%s', (_title, goal, states, result) => {
    const ending = endingOfRetry(goal, goal === 'Idle' ? aborted : failed);
    expect(states.map(ending).at(-1)?.result).toBe(result);
  });
});

describe('what is said of the deadline before an upgrade', () => {
  const off = { 'auto-rollback-on-failure.lca.openshift.io/init-monitor': 'Disabled' };
  const policy = (...on: AutoRollbackEvent[]) => ({ ...reportWith({}), spec: { autoRollbackOnFailure: { on } } });
  const promised = 'an upgrade that is not complete 30m after the reboot is rolled back by itself';
  const none = 'an upgrade that does not become complete is not rolled back by the clock: that is switched off';
  test.each([
    ['half an hour by default', {}, undefined, promised],
    ['none where the annotation switches it off', off, undefined, none],
    ['none where the policy of the report leaves it out', {}, policy('PostRebootConfig'), none],
    ['what the policy says, whatever the annotation', off, policy('InitMonitor'), promised],
  ] as const)('%s', (_title, annotations, report, line) => {
    expect(deadlineLine(upgradeAt('Prep', [busy], { annotations }), report)).toBe(line);
  });
});

describe('what to type next', () => {
  test.each([
    ['Idle', upgradeAt('Idle', [idle], { validNextStages: ['Prep'] }), ['doctor ibu', 'ibu prep --image IMAGE --version VERSION']],
    [
      'a prepared release',
      upgradeAt('Prep', [busy, 'PrepCompleted=True Completed x'], { validNextStages: ['Idle', 'Upgrade'] }),
      ['ibu upgrade', 'ibu abort'],
    ],
    [
      'a stage that is worked on',
      upgradeAt('Prep', ['PrepInProgress=True InProgress x'], { validNextStages: ['Idle'] }),
      ['ibu status --watch', 'ibu abort'],
    ],
    [
      'a complete upgrade',
      upgradeAt('Upgrade', ['UpgradeCompleted=True Completed x'], { validNextStages: ['Idle', 'Rollback'] }),
      ['ibu finalize', 'ibu rollback'],
    ],
    ['a failed clean-up', upgradeAt('Idle', ['Idle=False FinalizeFailed x']), ['ibu retry']],
    ['a failed rollback', upgradeAt('Rollback', ['RollbackCompleted=False Failed x']), ['ibu retry', 'ibu accept']],
  ] as const)('after %s', (_title, upgrade, words) => {
    expect(suggestions(upgrade).map(([each]) => each)).toEqual(words);
  });
});

describe('the reboot', () => {
  const working = ['UpgradeInProgress=True InProgress In progress'];
  test.each([
    ['backing up', upgradeAt('Upgrade', working), false],
    ['the reboot was asked for', upgradeAt('Upgrade', working, { history: rebooted() }), true],
    ['the new release works', upgradeAt('Upgrade', working, { history: rebooted('PostPivot') }), false],
    ['rolling back', upgradeAt('Rollback', ['RollbackInProgress=True InProgress Initiating rollback']), false],
    ['rolling back by a reboot', upgradeAt('Rollback', ['RollbackInProgress=True InProgress Completing rollback']), true],
  ] as const)('%s', (_title, upgrade, expected) => {
    expect(isRebooting(stateOf(upgrade))).toBe(expected);
  });
  test('a lost connection is expected only between the request for the reboot and the answer', () => {
    const error = new ConnectionError('connection refused', { server: 'https://sno', fault: 'refused' });
    const words = (upgrade: Parameters<typeof stateOf>[0]) => lossWords(stateOf(upgrade), error);
    expect(words(upgradeAt('Upgrade', working, { history: rebooted() }))).toContain('this is expected');
    expect(words(upgradeAt('Upgrade', working, { history: rebooted('PostPivot') }))).toContain('no reboot was announced');
    expect(words(upgradeAt('Prep', ['PrepInProgress=True InProgress x']))).toBe('connection lost, trying again: connection refused');
    expect(lossWords(undefined, error)).toContain('does not answer');
  });
  test('the deadline counts from the reboot, half an hour unless said otherwise, and an annotation turns it off', () => {
    const upgrade = upgradeAt('Upgrade', working, { history: rebooted('PostPivot') });
    expect(rollsBackAt(upgrade)).toEqual(new Date('2030-01-01T12:30:00Z'));
    expect(rollsBackAt({ ...upgrade, spec: { ...upgrade.spec, autoRollbackOnFailure: { initMonitorTimeoutSeconds: 60 } } })).toEqual(
      new Date('2030-01-01T12:01:00Z'),
    );
    const annotations = { 'auto-rollback-on-failure.lca.openshift.io/init-monitor': 'Disabled' };
    expect(rollsBackAt(upgradeAt('Upgrade', working, { history: rebooted('PostPivot'), annotations }))).toBeUndefined();
  });
  test.each([
    ['2030-01-03T12:00:00Z', '2030-01-03T12:00:00Z (in 2d)'],
    ['2030-01-01T22:00:00Z', '2030-01-01T22:00:00Z (in 10h)   WARNING: less than a day left'],
    ['2030-01-01T12:30:00Z', '2030-01-01T12:30:00Z (in 30m)   WARNING: less than an hour left'],
    ['2030-01-01T11:00:00Z', 'no longer: the certificates of the release before have expired at 2030-01-01T11:00:00Z'],
  ])('a rollback until %s', (until, line) => {
    expect(expirationLine(upgradeAt('Upgrade', [], { rollbackAvailabilityExpiration: until }), new Date('2030-01-01T12:00:00Z'))).toBe(
      line,
    );
  });
});

describe('following', () => {
  const working = upgradeAt('Prep', [busy, 'PrepInProgress=True InProgress Stateroot setup is in progress']);
  const at = (percent: number) =>
    stateOf(working, reportWith({ bootId: 'a', progress: { phase: 'Stateroot', step: 'pull-seed', percent } }));
  test('news are told once, and of a long step every tenth', () => {
    expect(upgradeView.news(undefined, at(12))).toEqual([
      'PrepInProgress: Stateroot setup is in progress',
      '    Stateroot: pull-seed  ██░░░░░░░░░░░░░░░░░░ 12%',
    ]);
    expect(upgradeView.news(at(12), at(13))).toEqual([]);
    expect(upgradeView.news(at(13), at(20))).toHaveLength(1);
  });
  test('a reboot is claimed only when another boot answers, and a simulated one says so', () => {
    const after = reportWith({ bootId: 'b', bootedStateroot: 'rhcos_4.21.0', tier: 'namespace' });
    expect(upgradeView.news(at(12), stateOf(working, after))[0]).toBe(
      'another boot answers: rhcos_4.21.0, boot b (simulated, tier namespace)',
    );
    expect(upgradeView.news(stateOf(working), stateOf(working, after)).join()).not.toContain('another boot');
  });
  test('a part that has ended tells how long it took', () => {
    const before = stateOf(upgradeAt('Upgrade', ['UpgradeInProgress=True InProgress a']));
    const after = stateOf(upgradeAt('Upgrade', ['UpgradeInProgress=True InProgress b'], { history: rebooted('PostPivot') }));
    expect(upgradeView.news(before, after)).toEqual(expect.arrayContaining(['PrePivot done after 1h', 'PostPivot: b']));
  });
  test('the block says that the node reboots, and that this is expected', () => {
    const upgrade = upgradeAt('Upgrade', ['UpgradeInProgress=True InProgress In progress'], { history: rebooted() });
    const state = { ...stateOf(upgrade), link: { awaySince: new Date('2030-01-01T12:00:00Z') } };
    expect(upgradeView.lines(state, new Date('2030-01-01T12:00:40Z'))).toEqual([
      'UpgradeInProgress: In progress',
      '      rolls back by itself in 29m20s unless it is complete',
      '      the node reboots: the API server has not answered for 40s (expected)',
    ]);
  });
  test('an upgrade that has failed and goes back by itself says so', () => {
    const why = 'Rollback due to LCA Init Monitor timeout, after 30m0s';
    const upgrade = upgradeAt('Upgrade', [`UpgradeInProgress=True InProgress ${why}`, 'UpgradeCompleted=False Failed Upgrade failed']);
    expect(upgradeView.news(undefined, stateOf(upgrade))).toEqual([`UpgradeInProgress: ${why}`]);
  });
  test('an ending carries findings with what mends them, and the next command', () => {
    const finding = { code: 'CrdMissing', severity: 'Warning', object: 'x', message: 'CRD not deployed', remediation: 'bring it' } as const;
    const goal = { title: 'prep', ending: () => undefined };
    expect(
      endingLines(goal, { result: 'done', message: 'Prep completed' }, stateOf(working, reportWith({ findings: [finding] })), [
        'godwit ibu upgrade',
      ]),
    ).toEqual([
      'ibu/upgrade prep done: Prep completed',
      'warning: CrdMissing: CRD not deployed',
      '  mend it with: bring it',
      'next:',
      '  godwit ibu upgrade',
    ]);
  });
});

describe('the request for prep', () => {
  const fresh = { ...upgradeAt('Idle', [idle]), spec: { stage: 'Idle' as const } };
  test('is one merge patch with all that was said', () => {
    const options = {
      image: 'i',
      version: '4.21.0',
      pullSecret: 's',
      oadpContent: 'backups,other/more',
      extraManifests: 'a/b',
      rollbackAfter: '10m',
    };
    expect(prepPatch(fresh, options)).toEqual({
      spec: {
        stage: 'Prep',
        seedImageRef: { image: 'i', version: '4.21.0', pullSecretRef: { name: 's' } },
        oadpContent: [
          { name: 'backups', namespace: 'openshift-adp' },
          { name: 'more', namespace: 'other' },
        ],
        extraManifests: [{ name: 'b', namespace: 'a' }],
        autoRollbackOnFailure: { initMonitorTimeoutSeconds: 600 },
      },
    });
  });
  test('leaves alone what was not said, and takes away what is said to be none', () => {
    expect(prepPatch(upgradeAt('Idle', [idle]), {})).toEqual({ spec: { stage: 'Prep' } });
    expect(prepPatch(upgradeAt('Idle', [idle]), { pullSecret: '', oadpContent: '' })).toEqual({
      spec: { stage: 'Prep', seedImageRef: { pullSecretRef: null }, oadpContent: [] },
    });
  });
  test.each([
    [{}, '--image is missing'],
    [{ image: 'i' }, '--version is missing'],
    [{ image: 'i', version: 'v', extraManifests: 'alone' }, '--extra-manifests alone names no ConfigMap'],
    [{ image: 'i', version: 'v', rollbackAfter: 'soon' }, '--rollback-after soon is not a time'],
  ])('refuses %j', (options, message) => {
    expect(() => prepPatch(fresh, options)).toThrow(message);
  });
});

test('a status has countdowns, the allowed stages and the next command, and tells a simulated host', () => {
  const upgrade = upgradeAt('Upgrade', ['UpgradeInProgress=True InProgress Restoring Application Data'], {
    history: rebooted('PostPivot'),
    validNextStages: ['Rollback'],
  });
  const report = reportWith({ bootId: 'b', bootedStateroot: 'rhcos_4.21.0', tier: 'namespace' });
  expect(ibuStatusLines({ upgrade, report }, new Date('2030-01-01T12:10:00Z'), ['godwit ibu rollback'])).toEqual([
    'Stage:         Upgrade (InProgress)',
    'State:         PostPivot: Restoring Application Data',
    'Release:       4.21.0  quay.io/lab/seed:4.21.0',
    'Booted:        rhcos_4.21.0, boot b, simulated (namespace: reboots are entered in namespaces, no machine restarts)',
    'Deadline:      rolls back by itself in 20m unless it is complete',
    'Allowed now:   Rollback',
    '',
    '= History =',
    'STAGE     PART        STARTED                COMPLETED              TOOK',
    'Upgrade   -           2030-01-01T11:00:00Z   <none>                 <none>',
    'Upgrade   PrePivot    2030-01-01T11:00:00Z   2030-01-01T12:00:00Z   1h',
    'Upgrade   PostPivot   2030-01-01T12:02:00Z   <none>                 <none>',
    '',
    'Next:',
    '  godwit ibu rollback',
  ]);
});

test('a preflight lists every check with evidence, and what mends those that do not pass', () => {
  const lines = doctorLines([
    { code: 'SeedImageUnusable', object: 'spec', outcome: 'fail', evidence: 'no image', remediation: 'name one' },
    { code: 'ClockSkew', object: 'clock', outcome: 'pass', evidence: '0 s' },
  ]);
  expect(lines).toEqual([
    'NO   CHECK               RESULT   OBJECT   EVIDENCE',
    '1    SeedImageUnusable   fail     spec     no image',
    '2    ClockSkew           pass     clock    0 s',
    '',
    'To mend:',
    '  1 SeedImageUnusable: name one',
    '',
    '1 fail, 0 warn, 1 pass, 0 skip',
  ]);
});

test('a seed image tells its release, its registry and the room that it takes', () => {
  const seed = {
    image: 'r/seed:1',
    digest: 'sha256:d',
    reference: 'r/seed@sha256:d',
    architecture: 'amd64',
    labels: {},
    layers: [{ digest: 'x', size: 1024 }],
    bytes: 1024,
  };
  const info = { seed_cluster_ocp_version: '4.21.0', release_registry: 'quay.io', has_proxy: false, has_fips: false };
  expect(seedLines(seed, info)).toEqual(
    expect.arrayContaining(['Version:           4.21.0', 'Release registry:  quay.io', 'Architecture:      amd64']),
  );
  expect(seedLines(seed, info).at(-1)).toMatch(/^Size: +1 KiB in 1 layer; 2\.2 KiB must be free/);
  expect(seedLines(seed, undefined).at(-1)).toContain('This is no seed image');
});
