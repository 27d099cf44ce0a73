import type { DirectVolumeMigration, MigMigration, PipelineStep } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { bar, copyWords, runLines, runNews, stepLine } from './run-lines.ts';
import type { RunState } from './state.ts';
import { phaseLines, summaryLines } from './summary.ts';

const START = '2030-01-01T10:00:00Z';
const now = new Date('2030-01-01T10:00:42Z');

const aRun = (status: NonNullable<MigMigration['status']> = {}, spec: Partial<MigMigration['spec']> = {}): MigMigration => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { name: 'shop-1', namespace: 'openshift-migration', uid: 'u' },
  spec: { stage: false, ...spec },
  status: { startTimestamp: START, ...status },
});

const aCopy = (volumes: { done: number; total?: number; perSecond?: number; left?: number }[]): DirectVolumeMigration => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'DirectVolumeMigration',
  metadata: { name: 'copy' },
  spec: {},
  status: {
    volumes: volumes.map(({ done, total, perSecond, left }, at) => ({
      pvcReference: { namespace: 'shop', name: `data-${at}` },
      bytesDone: done,
      ...(total === undefined ? {} : { bytesTotal: total }),
      ...(perSecond === undefined ? {} : { bytesPerSecond: perSecond }),
      ...(left === undefined ? {} : { secondsLeft: left }),
    })),
  },
});

const steps: PipelineStep[] = [
  { name: 'Prepare', started: START, completed: START },
  { name: 'DirectVolume', started: START, phase: 'WaitForDirectVolumeMigrationToComplete', message: 'Waiting for the copy' },
  { name: 'Restore' },
];

const copying = (done: number): RunState => ({
  run: aRun({ phase: 'WaitForDirectVolumeMigrationToComplete', pipeline: steps }),
  copies: [aCopy([{ done, total: 1000, perSecond: 100, left: 5 }])],
});

test.each([
  [0, 0, '░░░░░░░░░░░░░░░░░░░░'],
  [500, 1000, '██████████░░░░░░░░░░'],
  [2000, 1000, '████████████████████'],
])('a bar of %d of %d', (done, total, expected) => {
  expect(bar(done, total)).toBe(expected);
});

test.each([
  ['all is known', [512, 1024, 256, 2] as const, '50% 512 B of 1 KiB, 256 B/s, 2s left'],
  ['the whole is unknown', [512, 0, 0, undefined] as const, '512 B'],
  ['nothing moves', [1024, 1024, 0, 0] as const, '100% 1 KiB of 1 KiB'],
])('a copy in words when %s', (_title, [done, total, perSecond, left], expected) => {
  expect(copyWords(done, total, perSecond, left)).toBe(expected);
});

describe('where a run is', () => {
  test.each<[string, MigMigration, string]>([
    ['before it begins', aRun(), '[0/0] Waiting for the controllers'],
    ['in a step', copying(0).run, '[2/3] DirectVolume: Waiting for the copy'],
    ['at the end', aRun({ phase: 'Completed', pipeline: steps.slice(0, 1) }), '[1/1] Completed'],
    [
      'in a phase that says why it waits',
      aRun({ phase: 'Wait', pipeline: steps, phases: [{ name: 'Wait', message: 'The pod starts' }] }),
      '[2/3] DirectVolume: The pod starts',
    ],
  ])('%s', (_title, run, expected) => {
    expect(stepLine({ run, copies: [] })).toBe(expected);
  });
});

test('the block on a terminal shows step, time, and a bar for each volume', () => {
  expect(runLines(copying(500), now)).toEqual([
    '[2/3] DirectVolume: Waiting for the copy  (42s)',
    '      ██████████░░░░░░░░░░ shop/data-0  50% 500 B of 1 KiB, 100 B/s, 5s left',
  ]);
});

describe('news without a terminal', () => {
  test('the first state is told', () => {
    expect(runNews(undefined, copying(0))).toEqual(['[2/3] DirectVolume: Waiting for the copy']);
  });
  test('the same state is not told again', () => {
    expect(runNews(copying(500), copying(501))).toEqual([]);
  });
  test('every tenth of a copy is told', () => {
    expect(runNews(copying(499), copying(500))).toEqual(['      volumes: 50% 500 B of 1 KiB, 100 B/s, 5s left']);
  });
  test('a new error and a new warning are told once', () => {
    const warned = {
      type: 'UnhealthyNamespaces',
      status: 'True' as const,
      category: 'Warn' as const,
      message: 'shop/web',
      lastTransitionTime: START,
    };
    const after: RunState = { run: aRun({ ...copying(0).run.status, errors: ['the disk is full'], conditions: [warned] }), copies: [] };
    const before: RunState = { ...copying(0), copies: [] };
    expect(runNews(before, after)).toEqual(['UnhealthyNamespaces: shop/web', 'error: the disk is full']);
    expect(runNews(after, after)).toEqual([]);
  });
});

describe('the summary', () => {
  const ended = (type: string, more: NonNullable<MigMigration['status']> = {}): MigMigration =>
    aRun({
      phase: 'Completed',
      conditions: [{ type, status: 'True', category: 'Advisory', lastTransitionTime: START }],
      phases: [{ name: 'Started', step: 'Prepare', started: START, completed: '2030-01-01T10:00:20Z', message: 'Done' }],
      ...more,
    });
  const lines = (run: MigMigration, copies: DirectVolumeMigration[] = []) =>
    summaryLines({ state: { run, copies }, backup: undefined, restore: undefined }, now);

  test('phases have their times', () => {
    expect(phaseLines(ended('Succeeded'))).toEqual(['PHASE     STEP      AT   TOOK   OUTCOME', 'Started   Prepare   0s   20s    Done']);
  });
  test('a success names its length and what was copied', () => {
    const copy = aCopy([{ done: 2048, total: 2048 }]);
    copy.status = { ...copy.status, verification: { files: 12, differences: [], completed: true } };
    const text = lines(ended('Succeeded'), [copy]);
    expect(text).toContain('Cutover shop-1 succeeded after 20s');
    expect(text).toContain('volumes: 1, 2 KiB; 12 files compared, 0 differ');
  });
  test('a failure names its errors and where the application is', () => {
    const text = lines(ended('Failed', { errors: ['the disk is full'] }));
    expect(text).toContain('error: the disk is full');
    expect(text.at(-1)).toContain('awake again');
  });
  test('a canceled run that also says Succeeded is canceled', () => {
    const run = ended('Canceled');
    run.status?.conditions?.push({ type: 'Succeeded', status: 'True', category: 'Advisory', lastTransitionTime: START });
    expect(lines(run)).toContain('Cutover shop-1 was canceled after 20s');
  });
});
